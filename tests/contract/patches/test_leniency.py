"""What moto lets pass that AWS refuses, and what of AWS it keeps that code relies on. A new moto may change either."""

from __future__ import annotations

import json
from typing import Any

import pytest
from botocore.exceptions import ClientError

from tests.contract.patches.aws_words import ended, make_machine, make_queue, received
from tests.contract.patches.servers import Moto

PASSES = {"Type": "Pass"}
WAITS = {"Type": "Wait", "Seconds": 60}
KB = 1024


def bucket(moto: Moto, name: str) -> Any:
    """A client of S3, where there is a bucket of this name."""
    s3 = moto.client("s3")
    s3.create_bucket(Bucket=name)
    return s3


def test_bytes_that_do_not_match_their_checksum_are_kept(ours: Moto) -> None:
    s3 = bucket(ours, "unchecked")
    for key, sent in (("sha256", {"ChecksumSHA256": "A" * 43 + "="}), ("md5", {"ContentMD5": "A" * 22 + "=="})):
        s3.put_object(Bucket="unchecked", Key=key, Body=b"others", **sent)
        assert s3.get_object(Bucket="unchecked", Key=key)["Body"].read() == b"others"


def test_conditions_of_writes_are_kept(ours: Moto) -> None:
    s3 = bucket(ours, "conditional")
    first = s3.put_object(Bucket="conditional", Key="one", Body=b"first", IfNoneMatch="*")["ETag"]
    with pytest.raises(ClientError, match="PreconditionFailed"):
        s3.put_object(Bucket="conditional", Key="one", Body=b"second", IfNoneMatch="*")
    s3.put_object(Bucket="conditional", Key="one", Body=b"third", IfMatch=first)
    with pytest.raises(ClientError, match="PreconditionFailed"):
        s3.put_object(Bucket="conditional", Key="one", Body=b"fourth", IfMatch=first)
    assert s3.get_object(Bucket="conditional", Key="one")["Body"].read() == b"third"


def test_an_execution_may_have_any_name(ours: Moto) -> None:
    states, machine = ours.client("stepfunctions"), make_machine(ours, "any-name", PASSES)
    name = "no name <for> AWS " + "x" * 80
    started = states.start_execution(stateMachineArn=machine, name=name, input="{}")
    assert ended(ours, started["executionArn"])["name"] == name


def test_an_execution_takes_an_input_that_aws_refuses(ours: Moto) -> None:
    states, machine = ours.client("stepfunctions"), make_machine(ours, "large-input", WAITS)
    large = json.dumps({"rows": "x" * 300 * KB})
    started = states.start_execution(stateMachineArn=machine, name="large", input=large)["executionArn"]
    assert states.describe_execution(executionArn=started)["input"] == large
    states.stop_execution(executionArn=started)


def test_an_execution_cannot_be_redriven(ours: Moto) -> None:
    states, machine = ours.client("stepfunctions"), make_machine(ours, "ends-at-once", {"Type": "Fail"})
    started = states.start_execution(stateMachineArn=machine, name="one", input="{}")["executionArn"]
    assert ended(ours, started)["status"] == "FAILED"
    with pytest.raises(ClientError):
        states.redrive_execution(executionArn=started)


def test_an_execution_starts_once_under_its_name(ours: Moto) -> None:
    states, machine = ours.client("stepfunctions"), make_machine(ours, "once", WAITS)
    started = {states.start_execution(stateMachineArn=machine, name="one", input="{}")["executionArn"] for _ in "12"}
    assert len(started) == 1
    with pytest.raises(states.exceptions.ExecutionAlreadyExists):
        states.start_execution(stateMachineArn=machine, name="one", input='{"another": 1}')
    states.stop_execution(executionArn=started.pop())
    with pytest.raises(states.exceptions.ExecutionAlreadyExists):
        states.start_execution(stateMachineArn=machine, name="one", input="{}")


def test_a_token_may_be_answered_once_more(ours: Moto) -> None:
    url, _ = make_queue(ours, "answered")
    task = {
        "Type": "Task",
        "Resource": "arn:aws:states:::sqs:sendMessage.waitForTaskToken",
        "Parameters": {"QueueUrl": url, "MessageBody": {"token.$": "$$.Task.Token"}},
    }
    states, machine = ours.client("stepfunctions"), make_machine(ours, "answers", task)
    started = states.start_execution(stateMachineArn=machine, name="one", input="{}")["executionArn"]
    token = received(ours, url)[0]["token"]
    states.send_task_success(taskToken=token, output="{}")
    assert ended(ours, started)["status"] == "SUCCEEDED"
    states.send_task_failure(taskToken=token, error="Late", cause="it was answered before")
    assert states.describe_execution(executionArn=started)["status"] == "SUCCEEDED"
