"""Upload: its place says which model it is for, and which upload it is."""

import re
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.domain.errors import NameRefused
from shared.domain.names import is_id, is_model_name
from shared.domain.upload import Place, model_of

JANUARY = Place("data", "flights/datasets/january.csv", "v1")


def test_the_same_object_is_always_the_same_upload() -> None:
    assert JANUARY.upload == replace(JANUARY).upload
    assert is_id("up", JANUARY.upload)


@pytest.mark.parametrize(
    "other",
    [replace(JANUARY, version="v2"), replace(JANUARY, key="flights/datasets/a.csv"), replace(JANUARY, bucket="b")],
)
def test_another_bucket_key_or_version_is_another_upload(other: Place) -> None:
    assert other.upload != JANUARY.upload


def test_a_data_set_lies_at_model_datasets_file() -> None:
    assert model_of("flights/datasets/january.csv") == "flights"
    assert model_of("a-1/datasets/.csv") == "a-1"


@pytest.mark.parametrize(
    "key",
    [
        "", "flights", "flights/january.csv", "flights/datasets/", "flights/datasets", "flights/batches/a.csv",
        "flights/datasets/2013/january.csv", "Flights/datasets/a.csv", "flights\n/datasets/a.csv", "/datasets/a.csv",
        "fl%2eights/datasets/a.csv", "../datasets/a.csv",
    ],
)  # fmt: skip
def test_any_other_key_names_no_data_set(key: str) -> None:
    with pytest.raises(NameRefused):
        model_of(key)


@given(st.text())
def test_every_key_has_one_answer(key: str) -> None:
    try:
        model = model_of(key)
    except NameRefused:
        model = ""
    assert bool(re.fullmatch(r"[a-z][a-z0-9-]{0,39}/datasets/[^/]+", key)) == (model != "")
    assert is_model_name(model) or model == ""
