"""Trigger: every upload gets exactly one run, however often it is told of."""

from shared.domain.change import Noun, Ref
from shared.domain.run import RunStatus
from shared.domain.upload import Upload, UploadStatus
from shared.ports.registry import Query
from tests.unit.lifecycle.world import World


def test_the_first_upload_starts_a_run_by_itself() -> None:
    world = World()
    world.applied()
    receipt = world.arrives()
    assert world.run(receipt.run).status is RunStatus.RUNNING
    assert list(world.wheel.started) == [receipt.run]


def test_an_upload_that_is_told_of_five_times_is_in_one_run() -> None:
    world = World()
    world.applied()
    runs = {world.arrives().run for _ in range(5)}
    assert len(runs) == 1
    assert len(world.registry.page(Query(Noun.RUN, "flights")).items) == 1


def test_a_second_version_of_the_same_file_is_another_upload() -> None:
    world = World()
    world.applied()
    first, second = world.arrives(version="1"), world.arrives(version="2")
    assert first.run != second.run


def test_uploads_during_a_run_wait_together_in_one_queued_run() -> None:
    world = World()
    world.applied()
    world.arrives("january.csv")
    second, third = world.arrives("february.csv"), world.arrives("march.csv")
    assert second.run == third.run
    assert world.run(second.run).status is RunStatus.QUEUED
    queued = world.model().head.queued
    assert queued is not None
    assert len(queued.uploads) == 2


def test_with_replace_a_newer_upload_supersedes_the_queued_run() -> None:
    world = World()
    world.applied({"data": {"uploads": "replace"}})
    world.arrives("january.csv")
    second, third = world.arrives("february.csv"), world.arrives("march.csv")
    assert world.run(second.run).status is RunStatus.SUPERSEDED
    assert world.run(third.run).status is RunStatus.QUEUED


def test_an_upload_for_no_model_is_kept_as_a_stray_and_starts_nothing() -> None:
    world = World()
    world.arrives(model="nobody")
    (stray,) = world.registry.page(Query(Noun.UPLOAD)).items
    assert isinstance(stray, Upload)
    assert (stray.status, stray.model) == (UploadStatus.REFUSED, "")
    assert not world.wheel.started


def test_a_key_that_names_no_data_set_is_a_stray() -> None:
    world = World()
    world.applied()
    for key in ("flights/january.csv", "Flights/datasets/a.csv", "flights/datasets/deep/a.csv", "flights\n/datasets/a"):
        world.told_of(key)
    assert len(world.registry.page(Query(Noun.UPLOAD)).items) == 4
    assert not world.wheel.started


def test_more_runs_than_the_spec_allows_wait_for_their_turn() -> None:
    world = World()
    world.applied({"train": {"at_most": "1/day"}})
    first = world.arrives("january.csv")
    world.ends(first.run)
    second = world.arrives("february.csv")
    assert world.run(second.run).status is RunStatus.QUEUED


def test_the_upload_names_its_run() -> None:
    world = World()
    world.applied()
    receipt = world.arrives()
    (upload,) = world.run(receipt.run).uploads
    assert world.model(Ref(Noun.UPLOAD, upload)).upload(upload).run == receipt.run
