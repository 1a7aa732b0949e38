"""moto's state machines tell nobody how they end, and forget it. Here each execution's status is kept, and goes to the
default bus, as AWS sends it (https://docs.aws.amazon.com/step-functions/latest/dg/eventbridge-integration.html)."""

from __future__ import annotations

import datetime as dt
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from moto.events.models import events_backends
from moto.moto_api._internal import mock_random
from moto.stepfunctions.parser.asl.utils.encoding import to_json_str
from moto.stepfunctions.parser.backend.execution import BaseExecutionWorkerCommunication, Execution

from local.executions import keep


def apply(kept: Path) -> None:
    """Keep each execution in the directory, and publish "Step Functions Execution Status Change" at start and end."""
    start: Callable[[Execution], None] = Execution.start
    terminated: Callable[[BaseExecutionWorkerCommunication], None] = BaseExecutionWorkerCommunication.terminated

    def start_and_tell(self: Execution) -> None:
        keep(kept, _detail(self, "RUNNING"))
        start(self)
        # the worker may have ended by now; its end is told by its own thread
        _publish(self, "RUNNING")

    def terminate_and_tell(self: BaseExecutionWorkerCommunication) -> None:
        terminated(self)
        keep(kept, _detail(self.execution, str(self.execution.status)))
        _publish(self.execution, str(self.execution.status))

    Execution.start = start_and_tell
    BaseExecutionWorkerCommunication.terminated = terminate_and_tell


def _publish(execution: Execution, status: str) -> None:
    bus = events_backends[execution.account_id][execution.region_name].event_buses["default"]
    event = {
        "version": "0",
        "id": str(mock_random.uuid4()),
        "detail-type": "Step Functions Execution Status Change",
        "source": "aws.states",
        "account": execution.account_id,
        "time": time.time(),
        "region": execution.region_name,
        "resources": [execution.exec_arn],
        "detail": _detail(execution, status),
    }
    for rule in list(bus.rules.values()):
        rule.send_to_targets(dict(event))


def _detail(execution: Execution, status: str) -> dict[str, Any]:
    ended = status != "RUNNING"
    succeeded = status == "SUCCEEDED"
    return {
        "executionArn": execution.exec_arn,
        "stateMachineArn": execution.state_machine.arn,
        "name": execution.name,
        "status": status,
        "startDate": _millis(execution.start_date),
        "stopDate": _millis(execution.stop_date) if ended and execution.stop_date else None,
        "input": to_json_str(execution.input_data, separators=(",", ":")),
        "inputDetails": {"included": True},
        "output": to_json_str(execution.output, separators=(",", ":")) if succeeded else None,
        "outputDetails": {"included": True} if succeeded else None,
        "error": execution.error if ended else None,
        "cause": execution.cause if ended else None,
    }


def _millis(instant: dt.datetime) -> int:
    return round(instant.timestamp() * 1000)
