"""Functions and states of moto run at the front. Once moto mends a thing, its test fails and the patch can go."""

from __future__ import annotations

import json
from typing import Any

import pytest
from botocore.exceptions import ClientError

from tests.contract.patches.aws_words import ended, make_function, make_machine, make_queue, received, run_machine
from tests.contract.patches.servers import ACCOUNT, Moto, RecordingFront, run_python


def test_a_function_called_at_moto_runs_at_the_front(ours: Moto, theirs: Moto, front: RecordingFront) -> None:
    def call(moto: Moto) -> bytes:
        make_function(moto, "called")
        payload: bytes = moto.client("lambda").invoke(FunctionName="called", Payload=b'{"row": 7}')["Payload"].read()
        return payload

    call(theirs)
    assert front.invocations("called") == []
    assert call(ours) == b'{"row": 7}'
    assert front.invocations("called") == [{"row": 7}]


def test_a_state_calls_its_function_at_the_front(ours: Moto, theirs: Moto, front: RecordingFront) -> None:
    arn = f"arn:aws:lambda:us-east-1:{ACCOUNT}:function:step"
    task = {
        "Type": "Task",
        "Resource": "arn:aws:states:::lambda:invoke",
        "Parameters": {"FunctionName": arn, "Payload.$": "$"},
        "OutputPath": "$.Payload",
    }
    run_machine(theirs, make_machine(theirs, "calls", task), "one")
    assert front.invocations(arn) == []
    assert json.loads(run_machine(ours, make_machine(ours, "calls", task), "one")["output"]) == {"a": 1}
    assert front.invocations(arn) == [{"a": 1}]


def test_a_refusal_keeps_its_cause(ours: Moto, theirs: Moto) -> None:
    def cause(moto: Moto) -> Any:
        url, _ = make_queue(moto, "waiting")
        task = {
            "Type": "Task",
            "Resource": "arn:aws:states:::sqs:sendMessage.waitForTaskToken",
            "Parameters": {"QueueUrl": url, "MessageBody": {"token.$": "$$.Task.Token"}},
        }
        machine = make_machine(moto, "waits", task)
        started = moto.client("stepfunctions").start_execution(stateMachineArn=machine, name="one", input="{}")
        token = received(moto, url)[0]["token"]
        moto.client("stepfunctions").send_task_failure(taskToken=token, error="Rejected", cause="too risky")
        return ended(moto, started["executionArn"]).get("cause")

    assert cause(theirs) != "too risky"
    assert cause(ours) == "too risky"


INTERPRETER = "{patch}import sys, moto.stepfunctions.parser.models; print('moto.ec2' in sys.modules)"


def test_the_interpreter_starts_without_the_catalogues_of_ec2() -> None:
    assert run_python(INTERPRETER.format(patch="")) == "True"
    without = "from local.patches import without_batch; without_batch.apply(); "
    assert run_python(INTERPRETER.format(patch=without)) == "False"


def test_moto_does_not_answer_for_the_registry(ours: Moto) -> None:
    with pytest.raises(ClientError, match="DynamoDB Local"):
        ours.client("dynamodb").list_tables()
