"""The functions of the HTTP API as Lambda runs them: wired by their environment to DynamoDB Local and moto."""

import importlib
import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from shared.adapters.clients import client
from shared.adapters.dynamodb_registry import DynamoRegistry
from tests.contract.conftest import aws, dynamodb, table

__all__ = ["aws", "dynamodb", "table"]

EVENTS = Path(__file__).parents[1] / "events"
MACHINE = {"StartAt": "Done", "States": {"Done": {"Type": "Succeed"}}}


@dataclass(frozen=True, slots=True)
class Context:
    """What Lambda says of a call."""

    function_name: str = "treadle-api"
    memory_limit_in_mb: int = 512
    invoked_function_arn: str = "arn:aws:lambda:eu-central-1:123456789012:function:treadle-api"
    aws_request_id: str = "6c0f3b52-0000-4000-8000-000000000000"
    left_ms: int = 29_000

    def get_remaining_time_in_millis(self) -> int:
        """Milliseconds that the call still has."""
        return self.left_ms


@dataclass(frozen=True, slots=True)
class Platform:
    """What the functions are wired to, and how they are called."""

    registry: DynamoRegistry
    artifacts: str
    machine: str
    drains: str
    call: Callable[..., dict[str, Any]]


def event(name: str, **changed: Any) -> dict[str, Any]:
    """An event as AWS's gateway sends it; these of its parts are others."""
    recorded: dict[str, Any] = json.loads((EVENTS / f"http_{name}.json").read_text())
    return recorded | changed


@pytest.fixture
def platform(table: str, aws: None, monkeypatch: pytest.MonkeyPatch) -> Platform:
    """An empty platform."""
    region = {"LocationConstraint": "eu-central-1"}
    for bucket in ("artifacts", "captures", "data"):
        client("s3").create_bucket(Bucket=bucket, CreateBucketConfiguration=region)
    role = "arn:aws:iam::123456789012:role/learn"
    machine, drains = (
        client("stepfunctions").create_state_machine(name=name, definition=json.dumps(MACHINE), roleArn=role)
        for name in ("learn", "retire")
    )
    buckets = {"ARTIFACTS_BUCKET": "artifacts", "CAPTURES_BUCKET": "captures", "DATA_BUCKET": "data"}
    arns = {"WHEEL_ARN": machine["stateMachineArn"], "RETIRE_ARN": drains["stateMachineArn"]}
    for name, value in {"TABLE": table, **buckets, **arns}.items():
        monkeypatch.setenv(name, value)
    handlers = {name: importlib.import_module(f"functions.{name}.handler") for name in ("api", "predict", "feedback")}
    fresh = {name: importlib.reload(module) for name, module in handlers.items()}

    def call(name: str, given: dict[str, Any]) -> dict[str, Any]:
        answer: dict[str, Any] = json.loads(json.dumps(fresh[name].handle(given, Context())))
        return answer | {"json": json.loads(answer["body"])}

    return Platform(DynamoRegistry(table), "artifacts", arns["WHEEL_ARN"], arns["RETIRE_ARN"], call)
