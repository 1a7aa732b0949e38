"""Slots: only who read the newest state replaces it."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from moto.s3.responses import S3Response

from local.patches import conditional_writes
from shared.adapters.clients import client
from shared.adapters.s3_slots import S3Slots
from shared.domain.errors import Conflict
from shared.ports.slots import Slots
from tests.fakes.slots import MemorySlots

BUCKET, SLOT = "artifacts", "2026-11-24T13"


@pytest.fixture(params=["memory", "s3"])
def slots(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Slots:
    """No slot yet; moto checks and writes in one step, as S3 does, once it is mended as in the embedded cloud."""
    if request.param == "memory":
        return MemorySlots()
    request.getfixturevalue("aws")
    for operation in conditional_writes.CONDITIONAL:
        monkeypatch.setattr(S3Response, operation, getattr(S3Response, operation))  # put back afterwards
    conditional_writes.apply()
    client("s3").create_bucket(Bucket=BUCKET, CreateBucketConfiguration={"LocationConstraint": "eu-central-1"})
    client("s3").put_bucket_versioning(Bucket=BUCKET, VersioningConfiguration={"Status": "Enabled"})
    return S3Slots(BUCKET)


def written(slots: Slots, body: bytes, slot: str = SLOT) -> None:
    slots.replace("flights", slot, body, slots.read("flights", slot)[1])


def test_a_slot_that_nobody_wrote_is_empty(slots: Slots) -> None:
    assert slots.read("flights", SLOT) == (b"", "")


def test_a_slot_is_read_as_it_was_written_last(slots: Slots) -> None:
    written(slots, b"first")
    written(slots, bytes(range(256)) * 1000)
    body, tag = slots.read("flights", SLOT)
    assert body == bytes(range(256)) * 1000
    assert tag


def test_slots_and_models_are_apart(slots: Slots) -> None:
    written(slots, b"one")
    written(slots, b"next hour", "2026-11-24T14")
    assert slots.read("flights", SLOT)[0] == b"one"
    assert slots.read("taxis", SLOT) == (b"", "")


def test_an_older_reading_replaces_nothing(slots: Slots) -> None:
    written(slots, b"first")
    _, old = slots.read("flights", SLOT)
    written(slots, b"second")
    with pytest.raises(Conflict):
        slots.replace("flights", SLOT, b"late", old)
    assert slots.read("flights", SLOT)[0] == b"second"


def test_only_one_of_two_is_the_first(slots: Slots) -> None:
    written(slots, b"first")
    with pytest.raises(Conflict):
        slots.replace("flights", SLOT, b"also first", "")
    assert slots.read("flights", SLOT)[0] == b"first"


def test_a_tag_of_what_is_not_there_is_a_conflict(slots: Slots) -> None:
    written(slots, b"here")
    with pytest.raises(Conflict):
        slots.replace("flights", "2026-11-24T14", b"there", slots.read("flights", SLOT)[1])


def test_of_writers_side_by_side_none_loses_what_another_wrote(slots: Slots) -> None:
    def add(number: int) -> None:
        while True:
            body, tag = slots.read("flights", SLOT)
            try:
                slots.replace("flights", SLOT, body + bytes([number]), tag)
            except Conflict:
                continue
            return

    with ThreadPoolExecutor(4) as writers:
        list(writers.map(add, range(16)))
    assert sorted(slots.read("flights", SLOT)[0]) == list(range(16))
