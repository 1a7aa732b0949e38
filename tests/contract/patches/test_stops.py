"""An execution that is stopped while it waits for a task token is over at once, whatever the token is told later."""

from __future__ import annotations

import time
from contextlib import suppress
from typing import Any
from uuid import uuid4

from botocore.exceptions import ClientError

from tests.contract.patches.aws_words import make_machine
from tests.contract.patches.servers import Moto

AT_ONCE_S = 3.0


def _stopped_while_it_waits(moto: Moto) -> tuple[str, str]:
    """The execution, which has been stopped, and the token that it waited under."""
    queues, machines, name = moto.client("sqs"), moto.client("stepfunctions"), f"asks-{uuid4().hex}"
    queue = queues.create_queue(QueueName=name)["QueueUrl"]
    asks: dict[str, Any] = {
        "Type": "Task",
        "Resource": "arn:aws:states:::sqs:sendMessage.waitForTaskToken",
        "Parameters": {"QueueUrl": queue, "MessageBody.$": "$$.Task.Token"},
        "TimeoutSeconds": 20,
    }
    execution = machines.start_execution(stateMachineArn=make_machine(moto, name, asks), name="one")["executionArn"]
    [told] = queues.receive_message(QueueUrl=queue, WaitTimeSeconds=10)["Messages"]
    machines.stop_execution(executionArn=execution, error="cancelled", cause="by a person")
    return execution, told["Body"]


def _stands(moto: Moto, execution: str) -> str:
    """Its status, once it is over or has had time enough for it."""
    give_up = time.monotonic() + AT_ONCE_S
    while (status := _status(moto, execution)) == "RUNNING" and time.monotonic() < give_up:
        time.sleep(0.1)
    return status


def _status(moto: Moto, execution: str) -> str:
    return str(moto.client("stepfunctions").describe_execution(executionArn=execution)["status"])


def test_who_waits_for_a_token_is_stopped_at_once(ours: Moto, theirs: Moto) -> None:
    assert _stands(theirs, _stopped_while_it_waits(theirs)[0]) == "RUNNING"
    assert _stands(ours, _stopped_while_it_waits(ours)[0]) == "ABORTED"


def test_a_late_answer_moves_it_no_more(ours: Moto) -> None:
    execution, token = _stopped_while_it_waits(ours)
    assert _stands(ours, execution) == "ABORTED"
    with suppress(ClientError):
        ours.client("stepfunctions").send_task_success(taskToken=token, output="{}")
    assert _stands(ours, execution) == "ABORTED"
