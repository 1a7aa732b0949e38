"""Checks: what is asked for is looked at."""

import json
from collections.abc import Callable
from dataclasses import dataclass

import pytest

from shared.adapters.clients import client
from shared.adapters.sqs_checks import SqsChecks
from shared.ports.checks import Checks
from tests.fakes.checks import MemoryChecks


@dataclass(frozen=True, slots=True)
class Queue:
    """Checks, and the models whose looks monitor begins when it is handed all that wait."""

    checks: Checks
    begin: Callable[[], list[str]]


def received(queue: str) -> list[str]:
    """The models in the queue's messages, as monitor reads them; they are under way, and will come again."""
    messages = client("sqs").receive_message(QueueUrl=queue, MaxNumberOfMessages=10).get("Messages", [])
    return [json.loads(message["Body"])["model"] for message in messages]


def taken(memory: MemoryChecks) -> list[str]:
    """The models that were asked for, whom nobody waits for any more."""
    asked, memory.asked = memory.asked, []
    return asked


@pytest.fixture(params=["memory", "sqs"])
def queue(request: pytest.FixtureRequest) -> Queue:
    """A queue that nobody has asked anything of."""
    if request.param == "memory":
        memory = MemoryChecks()
        return Queue(memory, lambda: taken(memory))
    request.getfixturevalue("aws")
    url = client("sqs").create_queue(QueueName="checks")["QueueUrl"]
    return Queue(SqsChecks(url), lambda: received(url))


def test_each_model_waits_by_itself(queue: Queue) -> None:
    queue.checks.ask("flights")
    queue.checks.ask("taxis")
    assert sorted(queue.begin()) == ["flights", "taxis"]


def test_a_model_that_is_asked_for_twice_is_looked_at_twice(queue: Queue) -> None:
    queue.checks.ask("flights")
    queue.checks.ask("flights")
    assert queue.begin() == ["flights", "flights"]


def test_a_look_waits_until_it_is_begun(queue: Queue) -> None:
    assert queue.checks.waiting() == 0
    queue.checks.ask("flights")
    queue.checks.ask("taxis")
    assert queue.checks.waiting() == 2
    queue.begin()
    assert queue.checks.waiting() == 0
