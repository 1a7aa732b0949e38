"""The wheel's functions as Lambda runs them: wired by their environment to DynamoDB Local and moto."""

import importlib
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import pytest
from moto.core import DEFAULT_ACCOUNT_ID
from moto.sns.models import sns_backends

from shared.adapters.clients import client
from shared.adapters.dynamodb_registry import DynamoRegistry
from shared.domain.change import Noun, Ref
from shared.domain.run import Run
from tests.examples import MODEL
from tests.integration.conftest import EVENTS, Context

FUNCTIONS = (
    "trigger", "data", "train", "score", "evaluate", "register", "deploy", "promote", "close", "sweep", "notify",
    "retire", "judge", "rollback", "fold",
)  # fmt: skip
REGION = {"LocationConstraint": "eu-central-1"}
WAITS = {"StartAt": "Bake", "States": {"Bake": {"Type": "Wait", "Seconds": 9, "End": True}}}
ROLE = "arn:aws:iam::123456789012:role/learn"
MACHINE = "arn:aws:states:eu-central-1:123456789012:stateMachine:learn"
RUN = "run_00000000000000000000000001"
"""The run of every recorded event."""

DRAINS = MACHINE.replace("learn", "retire")
"""The machine that waits for replaced versions."""

Event = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Wheel:
    """What the functions are wired to, how they are called, and what came of it."""

    registry: DynamoRegistry
    uploads: str
    captures: str
    topic: str
    events: str
    call: Callable[[str, Event], Any]

    def run(self, run: str | None) -> Run:
        """The run as the registry has it."""
        return self.registry.model(MODEL, Ref(Noun.RUN, run or "")).run(run or "")

    def make_machine(self) -> None:
        """The machines are there; they ran never."""
        for name in ("learn", "retire"):
            client("stepfunctions").create_state_machine(name=name, definition=json.dumps(WAITS), roleArn=ROLE)

    def lose_machine(self) -> None:
        """Nobody knows the machine any more."""
        client("stepfunctions").delete_state_machine(stateMachineArn=MACHINE)

    def given(self, run: str) -> Any:
        """What the run's execution was started with."""
        execution = f"{MACHINE.replace(':stateMachine:', ':execution:')}:{run}"
        return json.loads(client("stepfunctions").describe_execution(executionArn=execution)["input"])

    def executions(self, machine: str = MACHINE) -> set[str]:
        """The names of all that ever started."""
        listed = client("stepfunctions").list_executions(stateMachineArn=machine)["executions"]
        return {execution["name"] for execution in listed}

    def messages(self, queue: str) -> list[Any]:
        """What lies on a queue, as JSON; it is taken off."""
        taken = client("sqs").receive_message(QueueUrl=queue, MaxNumberOfMessages=10).get("Messages", [])
        for message in taken:
            client("sqs").delete_message(QueueUrl=queue, ReceiptHandle=message["ReceiptHandle"])
        return [json.loads(message["Body"]) for message in taken]

    def letters(self, recipient: str) -> list[str]:
        """The letters that the topic let through to an address, oldest first."""
        backend = sns_backends[DEFAULT_ACCOUNT_ID]["eu-central-1"]
        sent = backend.topics[self.topic].sent_notifications
        return [
            f"{subject}\n{message}"
            for subscription in backend.subscriptions.values()
            if subscription.endpoint == recipient
            for _, message, subject, attributes, _ in sent
            if subscription._filter_policy_matcher.matches(attributes, message)
        ]


def recorded(name: str) -> Event:
    """An event as AWS sends it."""
    read: Event = json.loads((EVENTS / f"{name}.json").read_text())
    return read


def message(name: str, number: int = 0, **detail: Any) -> Event:
    """A recorded message of a queue, as the number-th of its batch, with these parts of its event's detail changed."""
    [record] = recorded(name)["Records"]
    body = json.loads(record["body"])
    body["detail"] |= detail
    return {**record, "messageId": f"message-{number}", "body": json.dumps(body)}


def batch(*records: Event) -> Event:
    """Messages that come together."""
    return {"Records": list(records)}


@pytest.fixture
def wheel(table: str, aws: None, monkeypatch: pytest.MonkeyPatch) -> Wheel:
    """An empty platform; executions run until a test says otherwise."""
    store, queues, bus = client("s3"), client("sqs"), client("events")
    for bucket in ("data", "artifacts", "captures"):
        store.create_bucket(Bucket=bucket, CreateBucketConfiguration=REGION)
    store.put_bucket_versioning(Bucket="data", VersioningConfiguration={"Status": "Enabled"})
    names = ("uploads", "captures", "events")
    uploads, captures, events = (queues.create_queue(QueueName=name)["QueueUrl"] for name in names)
    bus.create_event_bus(Name="treadle")
    bus.put_rule(Name="all", EventBusName="treadle", EventPattern=json.dumps({"source": ["treadle"]}))
    queue = queues.get_queue_attributes(QueueUrl=events, AttributeNames=["QueueArn"])["Attributes"]["QueueArn"]
    bus.put_targets(Rule="all", EventBusName="treadle", Targets=[{"Id": "queue", "Arn": queue}])
    topic = client("sns").create_topic(Name="notices")["TopicArn"]
    wheel = Wheel(DynamoRegistry(table), uploads, captures, topic, events, _caller())
    wheel.make_machine()
    queues_made = {"UPLOADS_QUEUE": uploads, "CAPTURES_QUEUE": captures}
    _write_environment(monkeypatch, {"TABLE": table, "TOPIC_ARN": topic, **queues_made})
    return wheel


def _write_environment(monkeypatch: pytest.MonkeyPatch, made: Mapping[str, str]) -> None:
    """What the template would write."""
    named = {
        "WHEEL_ARN": MACHINE,
        "RETIRE_ARN": DRAINS,
        "DATA_BUCKET": "data",
        "ARTIFACTS_BUCKET": "artifacts",
        "CAPTURES_BUCKET": "captures",
        "BUS_NAME": "treadle",
        "SLACK_SECRET": "slack",
        "CODE": "c0de",
    }
    for name, value in {**made, **named, "PLATFORM_OWNERS": "email:platform@example.com"}.items():
        monkeypatch.setenv(name, value)


def _caller() -> Callable[[str, Event], Any]:
    """Functions whose adapters are not made yet, called with JSON for an answer in JSON."""
    modules = {name: importlib.reload(importlib.import_module(f"functions.{name}.handler")) for name in FUNCTIONS}
    return lambda name, event: json.loads(json.dumps(modules[name].handle(json.loads(json.dumps(event)), Context())))
