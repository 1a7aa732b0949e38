"""Bus: what happened is said to programs outside, under an id that stays the same."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any

import pytest

from shared.adapters.clients import client
from shared.adapters.eventbridge_bus import EventBridgeBus
from shared.domain.event import Event, Why
from shared.ports.bus import Bus
from tests.examples import MODEL, NOON
from tests.fakes.bus import MemoryBus

PROMOTED = Event("cmd_1.0", "version.promoted", NOON, MODEL, "2", "ada", "it is better", Why("promoted", "by 0.034"))


@dataclass(frozen=True, slots=True)
class Line:
    """A bus, and the ids and types that came out of it."""

    bus: Bus
    heard: Callable[[], list[tuple[str, str]]]


def a_queue_on(bus: str) -> Callable[[], list[Mapping[str, Any]]]:
    """A queue that every event of the bus goes to; what it holds."""
    events, queues = client("events"), client("sqs")
    queue = queues.create_queue(QueueName="outside")["QueueUrl"]
    arn = queues.get_queue_attributes(QueueUrl=queue, AttributeNames=["QueueArn"])["Attributes"]["QueueArn"]
    events.create_event_bus(Name=bus)
    events.put_rule(Name="all", EventBusName=bus, EventPattern=json.dumps({"source": ["treadle"]}))
    events.put_targets(Rule="all", EventBusName=bus, Targets=[{"Id": "outside", "Arn": arn}])

    def held() -> list[Mapping[str, Any]]:
        messages = queues.receive_message(QueueUrl=queue, MaxNumberOfMessages=10).get("Messages", ())
        return [json.loads(message["Body"]) for message in messages]

    return held


@pytest.fixture(params=["memory", "eventbridge"])
def line(request: pytest.FixtureRequest) -> Line:
    """A bus that has said nothing yet."""
    if request.param == "memory":
        bus = MemoryBus()
        return Line(bus, lambda: [(event.id, event.type) for event in bus.events])
    request.getfixturevalue("aws")
    held = a_queue_on("treadle")
    return Line(EventBridgeBus("treadle"), lambda: [(one["detail"]["id"], one["detail-type"]) for one in held()])


def test_an_event_comes_out_of_the_bus(line: Line) -> None:
    line.bus.emit(PROMOTED)
    assert line.heard() == [("cmd_1.0", "version.promoted")]


def test_an_event_said_twice_has_one_id(line: Line) -> None:
    line.bus.emit(PROMOTED)
    line.bus.emit(PROMOTED)
    line.bus.emit(replace(PROMOTED, id="cmd_1.1", type="run.succeeded"))
    assert set(line.heard()) == {("cmd_1.0", "version.promoted"), ("cmd_1.1", "run.succeeded")}


def test_outsiders_read_the_event_in_the_contracts_words(aws: None) -> None:
    held = a_queue_on("treadle")
    EventBridgeBus("treadle").emit(PROMOTED)
    assert held()[0]["detail"] == {
        "id": "cmd_1.0",
        "type": "version.promoted",
        "at": "2013-04-01T12:00:00Z",
        "model": MODEL,
        "subject": "2",
        "by": "ada",
        "reason": "it is better",
        "data": {"code": "promoted", "detail": "by 0.034"},
    }
