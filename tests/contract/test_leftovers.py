"""Leftovers: bytes without a manifest, once they are old enough."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import pytest

from shared.adapters.clients import client
from shared.adapters.s3_leftovers import S3Leftovers
from shared.domain import places
from shared.ports.leftovers import Leftovers
from tests.fakes.leftovers import MemoryLeftovers

BUCKET = "artifacts"


@dataclass(frozen=True, slots=True)
class Shelf:
    """Artifacts, and how a body comes to them."""

    leftovers: Leftovers
    put: Callable[[str], object]


def in_memory() -> Shelf:
    leftovers = MemoryLeftovers()
    return Shelf(leftovers, lambda key: leftovers.came.setdefault(key, datetime.now(UTC)))


def on_s3() -> Shelf:
    store = client("s3")
    store.create_bucket(Bucket=BUCKET, CreateBucketConfiguration={"LocationConstraint": "eu-central-1"})
    return Shelf(S3Leftovers(BUCKET), lambda key: store.put_object(Bucket=BUCKET, Key=key, Body=b"bytes"))


@pytest.fixture(params=[in_memory, on_s3])
def shelf(request: pytest.FixtureRequest, aws: None) -> Shelf:
    """No artifacts yet."""
    made: Shelf = request.param()
    return made


def test_what_has_a_manifest_is_no_leftover_and_what_has_none_is(shelf: Shelf) -> None:
    for key in (places.artifact("cc"), places.artifact("aa"), places.manifest("bb"), places.artifact("bb")):
        shelf.put(key)
    shelf.put("flights/runs/run_1/card.html")
    assert shelf.leftovers.before(datetime.now(UTC) + timedelta(minutes=1)) == ("aa", "cc")


def test_what_has_just_come_is_no_leftover_yet(shelf: Shelf) -> None:
    shelf.put(places.artifact("aa"))
    assert shelf.leftovers.before(datetime.now(UTC) - timedelta(minutes=1)) == ()


def test_a_manifest_whose_bytes_were_purged_is_no_leftover(shelf: Shelf) -> None:
    shelf.put(places.manifest("aa"))
    assert shelf.leftovers.before(datetime.now(UTC) + timedelta(minutes=1)) == ()
