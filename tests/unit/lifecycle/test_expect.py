"""Expect: a file gets its place before it comes, and is the upload that was announced when it does."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from shared.domain.change import Noun, Ref
from shared.domain.errors import KeyReused, NameRefused, NotFound, RequestRefused, TooLarge
from shared.domain.run import Cause, CauseKind
from shared.domain.upload import Place, Upload, UploadStatus, expected_key, model_of
from shared.lifecycle import expect
from shared.ports.registry import Query
from tests.examples import MODEL, NOON, order
from tests.fakes.doorstep import MemoryDoorstep
from tests.unit.lifecycle.world import World

FILE = expect.Request(MODEL, "january.csv", 1024, "ab" * 32, order("upload january"))


def expected(world: World, request: expect.Request = FILE) -> expect.Expected:
    return expect.run(request, registry=world.registry, doorstep=MemoryDoorstep(), clock=world.clock)


@pytest.fixture
def world() -> World:
    world = World()
    world.applied()
    return world


def known(world: World, upload: str) -> Upload:
    return world.model(Ref(Noun.UPLOAD, upload)).upload(upload)


def test_an_upload_is_expected_at_a_place_of_its_own_and_starts_nothing(world: World) -> None:
    result = expected(world)
    assert result.ticket.place.key == f"flights/datasets/{result.upload.id}/january.csv"
    assert result.expires - NOON == timedelta(minutes=15)
    assert (known(world, result.upload.id).status, known(world, result.upload.id).by) == (UploadStatus.EXPECTED, "ada")
    assert not world.wheel.started


def test_a_file_that_was_expected_is_received_as_that_upload_and_gets_its_run(world: World) -> None:
    result = expected(world)
    receipt = world.told_of(result.ticket.place.key)
    upload = known(world, result.upload.id)
    assert (upload.status, upload.run, upload.by, upload.sha256) == (
        UploadStatus.RECEIVED, receipt.run, "ada", FILE.sha256
    )  # fmt: skip
    assert (upload.place.version, world.run(receipt.run).by) == ("1", "ada")
    assert world.run(receipt.run).cause == Cause(CauseKind.UPLOAD, upload.id)


def test_a_file_that_was_expected_and_is_told_of_twice_is_in_one_run(world: World) -> None:
    key = expected(world).ticket.place.key
    assert len({world.told_of(key).run for _ in range(3)}) == 1
    assert len(world.registry.page(Query(Noun.UPLOAD, MODEL)).items) == 1


def test_what_is_put_over_an_expected_file_is_an_upload_of_its_own(world: World) -> None:
    result = expected(world)
    first = world.told_of(result.ticket.place.key, "1")
    second = world.told_of(result.ticket.place.key, "2")
    assert first.run != second.run
    assert known(world, result.upload.id).place.version == "1"
    assert len(world.registry.page(Query(Noun.UPLOAD, MODEL)).items) == 2


def test_the_same_order_gets_the_same_upload_with_a_url_that_is_open_again(world: World) -> None:
    first = expected(world)
    world.clock.pass_time(timedelta(hours=1))
    again = expected(world)
    assert (again.upload, again.replayed, first.replayed) == (first.upload, True, False)
    assert again.expires - first.expires == timedelta(hours=1)


@pytest.mark.parametrize("other", [{"filename": "february.csv"}, {"sha256": "cd" * 32}])
def test_the_same_order_for_another_file_is_refused(world: World, other: dict[str, Any]) -> None:
    expected(world)
    with pytest.raises(KeyReused):
        expected(world, replace(FILE, **other))


def test_the_order_of_another_command_is_refused(world: World) -> None:
    world.arrives()
    used = world.registry.audit(MODEL).items[0].receipt.id
    with pytest.raises(KeyReused):
        expected(world, replace(FILE, order=replace(FILE.order, id=used)))


def test_a_file_of_an_unknown_model_is_not_expected() -> None:
    with pytest.raises(NotFound):
        expected(World())


def test_a_file_over_the_limit_is_refused_with_the_limit(world: World) -> None:
    with pytest.raises(TooLarge) as refused:
        expected(world, replace(FILE, bytes=expect.LARGEST + 1))
    assert "5,000,000,000" in refused.value.problems[0].expected


def test_a_file_that_no_run_could_read_is_refused_with_the_endings_that_are_read(world: World) -> None:
    with pytest.raises(RequestRefused) as refused:
        expected(world, replace(FILE, filename="january.xlsx"))
    assert ".parquet" in refused.value.problems[0].expected


@pytest.mark.parametrize(
    "key", ["flights/datasets/", "flights/datasets/up_1/a.csv", "flights/datasets/a/b/c.csv", "flights/batches/a.csv"]
)
def test_a_key_that_is_no_data_sets_is_of_no_model(key: str) -> None:
    with pytest.raises(NameRefused):
        model_of(key)


def test_a_key_says_the_model_and_the_upload() -> None:
    upload = Place("data", "flights/datasets/january.csv", "1").upload
    key = expected_key(MODEL, upload, "january.csv")
    assert (model_of(key), Place("data", key, "1").upload) == (MODEL, upload)
