"""Executions outlive the embedded cloud: what ran runs on at the next start, and the latest ends are told of again."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from local.executions import keep, resume
from local.resources.resource import Cloud as Making
from local.vault import Vault
from tests.contract.live_cloud import ACCOUNT, REGION, Cloud, eventually, moto

NOWHERE = "http://127.0.0.1:2"
ROLE = f"arn:aws:iam::{ACCOUNT}:role/machine"
HELD: dict[str, Any] = {"StartAt": "Held", "States": {"Held": {"Type": "Wait", "SecondsPath": "$.s", "End": True}}}
TOLD = {"source": ["aws.states"], "detail": {"status": ["SUCCEEDED", "FAILED"]}}


@pytest.fixture
def making(tmp_path: Path) -> Iterator[Making]:
    """A cloud that had an execution of 60 seconds and one of none when it was killed, and is up again."""
    with moto(tmp_path, NOWHERE) as first:
        machine = _deployed(first)
        states = first.client("stepfunctions")
        for name, seconds in (("long", 60), ("short", 0)):
            states.start_execution(stateMachineArn=machine, name=name, input=json.dumps({"s": seconds}))
        eventually(lambda: _status(first, machine, "short") == "SUCCEEDED")
    with moto(tmp_path, NOWHERE) as second:
        _deployed(second)
        yield Making(ACCOUNT, REGION, second.addresses, {}, Vault(tmp_path / "secrets.json"))


def _deployed(cloud: Cloud) -> str:
    """The machine, and a queue that hears how executions end."""
    cloud.client("sqs").create_queue(QueueName="ends")
    cloud.client("events").put_rule(Name="ended", EventPattern=json.dumps(TOLD))
    cloud.client("events").put_targets(
        Rule="ended", Targets=[{"Id": "1", "Arn": f"arn:aws:sqs:{REGION}:{ACCOUNT}:ends"}]
    )
    made = cloud.client("stepfunctions").create_state_machine(name="held", definition=json.dumps(HELD), roleArn=ROLE)
    return str(made["stateMachineArn"])


def _status(cloud: Cloud, machine: str, name: str) -> str:
    arn = f"{machine.replace(':stateMachine:', ':execution:')}:{name}"
    return str(cloud.client("stepfunctions").describe_execution(executionArn=arn)["status"])


def _heard(making: Making) -> list[tuple[str, str]]:
    """Who ended how, as the queue was told."""
    sqs = making.client("sqs")
    queue = sqs.get_queue_url(QueueName="ends")["QueueUrl"]
    messages = sqs.receive_message(QueueUrl=queue, MaxNumberOfMessages=10, WaitTimeSeconds=1).get("Messages", [])
    details = [json.loads(message["Body"])["detail"] for message in messages]
    return [(detail["name"], detail["status"]) for detail in details]


def test_what_ran_runs_on_and_what_ended_is_told_again(making: Making, tmp_path: Path) -> None:
    assert resume(making, tmp_path / "executions") == (1, 1)
    states = making.client("stepfunctions")
    [machine] = (one["stateMachineArn"] for one in states.list_state_machines()["stateMachines"])
    listed = states.list_executions(stateMachineArn=machine)["executions"]
    assert [(one["name"], one["status"]) for one in listed] == [("long", "RUNNING")]
    assert json.loads(states.describe_execution(executionArn=listed[0]["executionArn"])["input"]) == {"s": 60}
    assert _heard(making) == [("short", "SUCCEEDED")]


def test_an_end_that_is_long_past_is_forgotten(making: Making, tmp_path: Path) -> None:
    directory = tmp_path / "executions"
    old = {"executionArn": "arn:old", "name": "old", "status": "FAILED", "stopDate": 0}
    keep(directory, old)
    resume(making, directory)
    assert _heard(making) == [("short", "SUCCEEDED")]
    assert [path for path in directory.iterdir() if '"old"' in path.read_text()] == []


def test_a_cloud_that_ran_nothing_resumes_nothing(making: Making, tmp_path: Path) -> None:
    assert resume(making, tmp_path / "absent") == (0, 0)
