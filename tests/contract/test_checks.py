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
    """Checks, and the models that wait to be looked at."""

    checks: Checks
    waiting: Callable[[], list[str]]


def received(queue: str) -> list[str]:
    """The models in the queue's messages, as monitor reads them."""
    messages = client("sqs").receive_message(QueueUrl=queue, MaxNumberOfMessages=10).get("Messages", [])
    return [json.loads(message["Body"])["model"] for message in messages]


@pytest.fixture(params=["memory", "sqs"])
def queue(request: pytest.FixtureRequest) -> Queue:
    """A queue that nobody has asked anything of."""
    if request.param == "memory":
        memory = MemoryChecks()
        return Queue(memory, lambda: memory.asked)
    request.getfixturevalue("aws")
    url = client("sqs").create_queue(QueueName="checks")["QueueUrl"]
    return Queue(SqsChecks(url), lambda: received(url))


def test_each_model_waits_by_itself(queue: Queue) -> None:
    queue.checks.ask("flights")
    queue.checks.ask("taxis")
    assert sorted(queue.waiting()) == ["flights", "taxis"]


def test_a_model_that_is_asked_for_twice_is_looked_at_twice(queue: Queue) -> None:
    queue.checks.ask("flights")
    queue.checks.ask("flights")
    assert queue.waiting() == ["flights", "flights"]
