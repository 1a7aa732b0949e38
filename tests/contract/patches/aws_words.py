"""What tests of patches arrange and ask, in the words of AWS."""

from __future__ import annotations

import io
import json
import time
import zipfile
from typing import Any

from tests.contract.patches.servers import ACCOUNT, Moto

TRUST = json.dumps({"Version": "2012-10-17", "Statement": []})
ROLE = f"arn:aws:iam::{ACCOUNT}:role/worker"


def make_function(moto: Moto, name: str) -> str:
    """A function by its ARN."""
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w") as content:
        content.writestr("stub.py", "")
    if not any(role["RoleName"] == "worker" for role in moto.client("iam").list_roles()["Roles"]):
        moto.client("iam").create_role(RoleName="worker", AssumeRolePolicyDocument=TRUST)
    made = moto.client("lambda").create_function(
        FunctionName=name, Runtime="python3.13", Role=ROLE, Handler="stub.h", Code={"ZipFile": archive.getvalue()}
    )
    return str(made["FunctionArn"])


def make_queue(moto: Moto, name: str) -> tuple[str, str]:
    """A queue by its URL and its ARN."""
    return str(moto.client("sqs").create_queue(QueueName=name)["QueueUrl"]), f"arn:aws:sqs:us-east-1:{ACCOUNT}:{name}"


def received(moto: Moto, url: str) -> list[Any]:
    """Every message in the queue, parsed; waits a moment for the first."""
    received: list[Any] = []
    while (
        batch := moto.client("sqs")
        .receive_message(QueueUrl=url, MaxNumberOfMessages=10, WaitTimeSeconds=0 if received else 1)
        .get("Messages")
    ):
        received += [json.loads(message["Body"]) for message in batch]
    return received


def make_rule(moto: Moto, name: str, source: str, *targets: dict[str, Any]) -> None:
    """A rule for all events of a source."""
    moto.client("events").put_rule(Name=name, EventPattern=json.dumps({"source": [source]}))
    numbered = [{"Id": str(number), **target} for number, target in enumerate(targets)]
    moto.client("events").put_targets(Rule=name, Targets=numbered)


def send_event(moto: Moto, source: str) -> None:
    """Send one event."""
    moto.client("events").put_events(Entries=[{"Source": source, "DetailType": "x", "Detail": '{"n": 1}'}])


def make_machine(moto: Moto, name: str, state: dict[str, Any]) -> str:
    """A state machine of one state, by its ARN."""
    only = state if state["Type"] == "Fail" else {"End": True, **state}
    definition = {"StartAt": "Only", "States": {"Only": only}}
    made = moto.client("stepfunctions").create_state_machine(name=name, definition=json.dumps(definition), roleArn=ROLE)
    return str(made["stateMachineArn"])


def run_machine(moto: Moto, machine: str, name: str) -> Any:
    """Run it to its end and describe the execution."""
    execution = moto.client("stepfunctions").start_execution(stateMachineArn=machine, name=name, input='{"a": 1}')
    return ended(moto, execution["executionArn"])


def ended(moto: Moto, execution: str) -> Any:
    """Wait for an execution to end and describe it."""
    for _ in range(500):
        described = moto.client("stepfunctions").describe_execution(executionArn=execution)
        if described["status"] != "RUNNING":
            return described
        time.sleep(0.02)
    raise TimeoutError(execution)
