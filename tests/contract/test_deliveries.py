"""Deliveries: what is announced once more, fold reads as it reads the bucket's own event."""

import json
from collections.abc import Callable
from dataclasses import dataclass

import pytest
from aws_lambda_powertools.utilities.data_classes import S3EventBridgeNotificationEvent

from shared.adapters.clients import client
from shared.adapters.sqs_deliveries import SqsDeliveries
from shared.ports.deliveries import Deliveries
from tests.fakes.deliveries import MemoryDeliveries


@dataclass(frozen=True, slots=True)
class Queue:
    """Deliveries, and the keys of the objects that wait to be folded."""

    deliveries: Deliveries
    waiting: Callable[[], list[str]]


def received(queue: str) -> list[str]:
    """The keys in the queue's messages, as fold reads them."""
    messages = client("sqs").receive_message(QueueUrl=queue, MaxNumberOfMessages=10).get("Messages", [])
    return [S3EventBridgeNotificationEvent(json.loads(one["Body"])).detail.object.key for one in messages]


@pytest.fixture(params=["memory", "sqs"])
def queue(request: pytest.FixtureRequest) -> Queue:
    """A queue on which nothing waits."""
    if request.param == "memory":
        memory = MemoryDeliveries()
        return Queue(memory, lambda: memory.announced)
    request.getfixturevalue("aws")
    url = client("sqs").create_queue(QueueName="captures")["QueueUrl"]
    return Queue(SqsDeliveries("captures", url), lambda: received(url))


def test_each_object_waits_by_itself_under_its_own_key(queue: Queue) -> None:
    keys = ["captured/2026/11/24/13/treadle-captures-1", "captured/2026/11/24/14/treadle-captures-1-ü"]
    for key in keys:
        queue.deliveries.announce(key)
    assert sorted(queue.waiting()) == keys
