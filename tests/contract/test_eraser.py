"""Eraser: what is erased is gone in every version, and nothing else is."""

from collections.abc import Callable
from dataclasses import dataclass

import pytest

from shared.adapters.clients import client
from shared.adapters.s3_eraser import S3Eraser
from shared.adapters.s3_objects import S3Objects
from shared.domain.errors import NotFound
from shared.ports.eraser import Eraser
from shared.ports.objects import Objects
from tests.fakes.eraser import MemoryEraser
from tests.fakes.objects import MemoryObjects

BUCKET, KEY = "artifacts", "artifacts/ab12/model.onnx"


@dataclass(frozen=True, slots=True)
class Bucket:
    """A bucket that keeps versions, and how many bodies it holds, hidden ones too."""

    eraser: Eraser
    objects: Objects
    bodies: Callable[[], int]


def in_memory() -> Bucket:
    objects = MemoryObjects()
    return Bucket(MemoryEraser(objects), objects, lambda: len(objects.keys("")))


def on_s3() -> Bucket:
    store = client("s3")
    store.create_bucket(Bucket=BUCKET, CreateBucketConfiguration={"LocationConstraint": "eu-central-1"})
    store.put_bucket_versioning(Bucket=BUCKET, VersioningConfiguration={"Status": "Enabled"})
    return Bucket(
        S3Eraser(BUCKET), S3Objects(BUCKET), lambda: len(store.list_object_versions(Bucket=BUCKET).get("Versions", ()))
    )


@pytest.fixture(params=["memory", "s3"])
def bucket(request: pytest.FixtureRequest) -> Bucket:
    """A bucket that holds one body."""
    if request.param == "s3":
        request.getfixturevalue("aws")
    made = in_memory() if request.param == "memory" else on_s3()
    made.objects.write(KEY, b"a model")
    return made


def test_what_is_erased_is_found_no_more_and_not_even_hidden(bucket: Bucket) -> None:
    bucket.eraser.erase(KEY)
    with pytest.raises(NotFound):
        bucket.objects.read(KEY)
    assert bucket.bodies() == 0


def test_erasing_twice_or_what_never_was_is_a_success(bucket: Bucket) -> None:
    for key in (KEY, KEY, "artifacts/cd34/model.onnx"):
        bucket.eraser.erase(key)
    assert bucket.bodies() == 0


def test_a_key_that_only_begins_alike_is_left_alone(bucket: Bucket) -> None:
    bucket.objects.write(f"{KEY}.json", b"another")
    bucket.eraser.erase(KEY)
    assert bucket.objects.read(f"{KEY}.json") == b"another"


def test_a_body_that_was_hidden_or_replaced_before_is_erased_with_what_hid_it(aws: None) -> None:
    bucket, store = on_s3(), client("s3")
    for body in (b"old", b"new"):
        store.put_object(Bucket=BUCKET, Key=KEY, Body=body)
    store.delete_object(Bucket=BUCKET, Key=KEY)
    bucket.eraser.erase(KEY)
    assert set(store.list_object_versions(Bucket=BUCKET)) & {"Versions", "DeleteMarkers"} == set()
