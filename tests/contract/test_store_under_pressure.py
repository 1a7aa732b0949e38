"""The store when replies are lost: what was written and never answered is there, and is written once."""

from collections.abc import Callable, Iterator

import pytest
from botocore.awsrequest import AWSPreparedRequest
from botocore.exceptions import ConnectionClosedError

from shared.adapters import clients
from shared.adapters.clients import client
from shared.adapters.s3_objects import S3Objects
from shared.adapters.s3_slots import S3Slots
from shared.domain import places
from shared.domain.errors import Conflict

BUCKET, SLOT = "artifacts", "2026-11-24T12"
BOTOCORES_QUOTA = 500 // 5
"""Repeats that botocore's own patience has, where none is given back."""

Lose = Callable[[str, bytes], None]
"""From now on this body is there under this key, and its writer's first reply is lost."""


@pytest.fixture
def lose(aws: None) -> Iterator[Lose]:
    """A bucket whose replies can be lost."""
    store = client("s3")
    store.create_bucket(Bucket=BUCKET, CreateBucketConfiguration={"LocationConstraint": "eu-central-1"})
    waiting: list[tuple[str, bytes]] = []

    def lost(request: AWSPreparedRequest, **_: object) -> None:
        if waiting:
            key, body = waiting.pop()
            store.put_object(Bucket=BUCKET, Key=key, Body=body)
            raise ConnectionClosedError(endpoint_url=request.url)

    emitter, event = clients._session().get_component("event_emitter"), "before-send.s3.PutObject"
    emitter.register_first(event, lost)
    try:
        yield lambda key, body: waiting.append((key, body))
    finally:
        emitter.unregister(event, lost)
    assert waiting == []


def test_an_object_whose_reply_was_lost_is_there(lose: Lose) -> None:
    objects = S3Objects(BUCKET)
    lose("flights/trial.json", b"first")
    objects.write("flights/trial.json", b"first")
    assert objects.read("flights/trial.json") == b"first"


def test_whoever_was_not_told_that_a_slot_was_written_reads_it_again(lose: Lose) -> None:
    slots = S3Slots(BUCKET)
    lose(places.slot("flights", SLOT), b"first")
    with pytest.raises(Conflict):
        slots.replace("flights", SLOT, b"first", "")
    body, tag = slots.read("flights", SLOT)
    slots.replace("flights", SLOT, body + b" and second", tag)
    assert slots.read("flights", SLOT)[0] == b"first and second"


def test_lost_replies_never_use_up_the_patience(lose: Lose) -> None:
    objects = S3Objects(BUCKET)
    for number in range(BOTOCORES_QUOTA + 2):
        lose(f"flights/{number}", b"")
        objects.write(f"flights/{number}", b"")
    assert len(objects.keys("flights/")) == BOTOCORES_QUOTA + 2
