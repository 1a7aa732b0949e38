"""Uploads that wait: a model's open runs cover so many and no more; what is over waits outside, and nothing is lost."""

from datetime import timedelta

import pytest

from shared.domain import turn
from shared.domain.change import Noun, Ref
from shared.domain.errors import Conflict
from shared.domain.execution import Execution, State
from shared.domain.turn import MOST_UPLOADS
from tests.examples import MODEL, NOON, cause, order
from tests.unit.lifecycle.world import World


@pytest.fixture
def full(monkeypatch: pytest.MonkeyPatch) -> World:
    """A run runs, and as many uploads wait as runs may cover; here that is five in all."""
    monkeypatch.setattr(turn, "MOST_UPLOADS", 5)
    world = World()
    world.applied()
    for number in range(5):
        world.arrives(f"file-{number}.csv")
    return world


def running(world: World) -> str:
    """The run that runs."""
    run = world.model().head.running
    return run.run if run else ""


def test_the_upload_that_is_one_too_many_is_told_to_wait(full: World) -> None:
    with pytest.raises(Conflict) as told:
        full.arrives("file-5.csv")
    assert (told.value.problems[0].got, told.value.problems[0].expected) == ("5", "under 5")
    assert full.model().head.covered == 5


def test_an_upload_that_waits_outside_is_taken_in_when_a_run_has_ended(full: World) -> None:
    full.lies(f"{MODEL}/datasets/file-5.csv", full.clock.now())
    full.clock.pass_time(timedelta(hours=1))
    with pytest.raises(Conflict):
        full.swept()
    full.arrivals.announced.clear()
    full.ends(running(full), Execution(State.FAILED, "gate_failed", "roc_auc is too low"))
    full.swept()
    [arrival] = full.arrivals.since(NOON)
    taken = full.model(Ref(Noun.UPLOAD, arrival.place.upload)).upload(arrival.place.upload)
    queued = full.model().head.queued
    assert queued
    assert (taken.run, queued.uploads) == (queued.run, (taken.id,))


def test_what_no_run_has_read_counts_as_well(full: World) -> None:
    full.ends(running(full))
    assert len(full.model().head.unread) == 1
    with pytest.raises(Conflict):
        full.arrives("file-5.csv")


def test_a_person_who_trains_brings_no_upload_and_waits_for_none(full: World) -> None:
    head, _, _ = turn.begin(full.model().head, "run_9", cause("nothing"), order("train"), NOON)
    assert head.covered == 5


def test_two_thousand_uploads_may_wait() -> None:
    assert MOST_UPLOADS == 2_000
