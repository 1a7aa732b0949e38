"""States wait as long as they are told: until an instant, or for seconds, either of them data."""

from __future__ import annotations

import json
import time
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

from tests.contract.patches.aws_words import ended, make_machine
from tests.contract.patches.servers import Moto

UNTIL = {"Type": "Wait", "TimestampPath": "$.until"}
SECONDS = {"Type": "Wait", "SecondsPath": "$.seconds"}


def _waited(moto: Moto, state: dict[str, Any], told: dict[str, Any]) -> Any:
    """The execution of a machine that only waits, once it is over."""
    machine = make_machine(moto, f"waits-{uuid4().hex}", state)
    started = moto.client("stepfunctions").start_execution(stateMachineArn=machine, name="one", input=json.dumps(told))
    return ended(moto, started["executionArn"])


def test_a_state_waits_until_its_instant_and_never_less(ours: Moto, theirs: Moto) -> None:
    def earliest(moto: Moto) -> timedelta:
        """Of four waits that begin a quarter of a second apart: how long after the instant the earliest ended."""
        machine, sfn = make_machine(moto, "until", UNTIL), moto.client("stepfunctions")
        until = datetime.now(UTC).replace(microsecond=0) + timedelta(seconds=3)
        told = json.dumps({"until": f"{until:%Y-%m-%dT%H:%M:%SZ}"})
        started = []
        for name in ("one", "two", "three", "four"):
            started.append(sfn.start_execution(stateMachineArn=machine, name=name, input=told)["executionArn"])
            time.sleep(0.25)
        return min(_exited(moto, execution) for execution in started) - until

    assert earliest(theirs) < timedelta(0)
    assert timedelta(0) <= earliest(ours) < timedelta(seconds=2)


def _exited(moto: Moto, execution: str) -> datetime:
    """When the wait of an execution was over."""
    assert ended(moto, execution)["status"] == "SUCCEEDED"
    history = moto.client("stepfunctions").get_execution_history(executionArn=execution)["events"]
    [at] = (event["timestamp"] for event in history if event["type"] == "WaitStateExited")
    exited: datetime = at
    return exited


def test_an_instant_that_is_over_is_not_waited_for(ours: Moto) -> None:
    assert _waited(ours, UNTIL, {"until": "2020-01-01T00:00:00Z"})["status"] == "SUCCEEDED"


def test_what_is_no_instant_fails(ours: Moto) -> None:
    assert _waited(ours, UNTIL, {"until": "tomorrow"})["status"] == "FAILED"


def test_a_state_waits_for_seconds_that_are_data(ours: Moto) -> None:
    execution = _waited(ours, SECONDS, {"seconds": 1})
    assert execution["status"] == "SUCCEEDED"
    assert execution["stopDate"] - execution["startDate"] >= timedelta(seconds=1)
