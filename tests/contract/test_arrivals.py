"""Arrivals: what lies in the data bucket is seen, and may be announced once more."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import pytest
from aws_lambda_powertools.utilities.data_classes import S3EventBridgeNotificationEvent

from shared.adapters.clients import client
from shared.adapters.s3_arrivals import S3Arrivals
from shared.domain.upload import Place
from shared.ports.arrivals import Arrival, Arrivals
from tests.fakes.arrivals import MemoryArrivals

BUCKET = "data"
LONG_AGO = datetime(2000, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Door:
    """The data bucket, how to put an object there, and the ids of what was announced."""

    arrivals: Arrivals
    put: Callable[[str, bytes], str]
    announced: Callable[[], list[str]]


def in_memory() -> Door:
    arrivals = MemoryArrivals()

    def put(key: str, body: bytes) -> str:
        now = datetime.now(UTC)
        arrivals.put(Arrival(Place(BUCKET, key, now.isoformat()), len(body), now))
        return now.isoformat()

    return Door(arrivals, put, lambda: [arrival.place.upload for arrival in arrivals.announced])


def on_s3() -> Door:
    store, queues = client("s3"), client("sqs")
    store.create_bucket(Bucket=BUCKET, CreateBucketConfiguration={"LocationConstraint": "eu-central-1"})
    store.put_bucket_versioning(Bucket=BUCKET, VersioningConfiguration={"Status": "Enabled"})
    queue = queues.create_queue(QueueName="uploads")["QueueUrl"]

    def put(key: str, body: bytes) -> str:
        version: str = store.put_object(Bucket=BUCKET, Key=key, Body=body)["VersionId"]
        return version

    def announced() -> list[str]:
        messages = queues.receive_message(QueueUrl=queue, MaxNumberOfMessages=10).get("Messages", ())
        return [as_trigger_reads(message["Body"]).upload for message in messages]

    return Door(S3Arrivals(BUCKET, queue), put, announced)


def as_trigger_reads(body: str) -> Place:
    event = S3EventBridgeNotificationEvent(json.loads(body))
    assert datetime.fromisoformat(event.time).tzinfo
    return Place(event.detail.bucket.name, event.detail.object.key, event.detail.object.version_id)


@pytest.fixture(params=["memory", "s3"])
def door(request: pytest.FixtureRequest) -> Door:
    """An empty data bucket that keeps versions."""
    if request.param == "memory":
        return in_memory()
    request.getfixturevalue("aws")
    return on_s3()


def test_a_data_set_is_seen_in_its_newest_version(door: Door) -> None:
    door.put("flights/datasets/january.csv", b"old")
    newest = door.put("flights/datasets/january.csv", b"newer")
    (arrival,) = door.arrivals.since(LONG_AGO)
    assert (arrival.place, arrival.bytes) == (Place(BUCKET, "flights/datasets/january.csv", newest), 5)


def test_what_is_no_data_set_is_not_seen(door: Door) -> None:
    for key in ("flights/batches/a.csv", "readme.txt", "flights/predictions/datasets/a.csv"):
        door.put(key, b"")
    assert door.arrivals.since(LONG_AGO) == ()


def test_what_came_earlier_is_not_seen(door: Door) -> None:
    door.put("flights/datasets/january.csv", b"")
    (arrival,) = door.arrivals.since(LONG_AGO)
    assert door.arrivals.since(arrival.at) == (arrival,)
    assert door.arrivals.since(arrival.at + timedelta(seconds=1)) == ()


def test_trigger_reads_what_was_announced_as_the_same_upload(door: Door) -> None:
    door.put("flights/datasets/january 1.csv", b"rows")
    (arrival,) = door.arrivals.since(LONG_AGO)
    door.arrivals.announce(arrival)
    assert door.announced() == [arrival.place.upload]
