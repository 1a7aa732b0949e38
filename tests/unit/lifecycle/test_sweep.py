"""Sweep: whatever an event was lost of is found within the hour, and what is on its way is left alone."""

from dataclasses import replace
from datetime import timedelta

import pytest

from shared.domain.change import Noun
from shared.domain.execution import Execution, State
from shared.domain.run import Run, RunStatus
from shared.ports.registry import Query
from tests import examples
from tests.fakes.wheel import MemoryWheel
from tests.unit.lifecycle.world import FAILED, Found, World

HOUR = timedelta(hours=1)
NOTHING = Found()
JANUARY = "flights/datasets/january.csv"


def runs(world: World) -> list[Run]:
    """Every run of the model, oldest first."""
    items = world.registry.page(Query(Noun.RUN, "flights")).items
    return [item for item in reversed(items) if isinstance(item, Run)]


def test_an_upload_that_nobody_heard_of_gets_its_run() -> None:
    world = World()
    world.applied()
    world.lies(JANUARY)
    world.clock.pass_time(HOUR)
    assert world.swept() == replace(NOTHING, uploads=1)
    (run,) = runs(world)
    assert (run.status, list(world.wheel.started)) == (RunStatus.RUNNING, [run.id])
    assert world.swept() == NOTHING


def test_an_upload_that_has_its_run_is_not_announced_again() -> None:
    world = World()
    world.applied()
    world.arrives("january.csv")
    world.lies(JANUARY)
    world.clock.pass_time(HOUR)
    assert world.swept() == NOTHING
    assert len(runs(world)) == 1


def test_an_upload_that_may_still_be_on_its_way_is_left_alone() -> None:
    world = World()
    world.applied()
    world.lies(JANUARY, examples.NOON + HOUR)
    world.clock.pass_time(HOUR + timedelta(minutes=1))
    assert world.swept() == NOTHING
    world.clock.pass_time(timedelta(minutes=1))
    assert world.swept().uploads == 1


def test_one_lost_among_more_than_are_read_at_once_is_the_only_one_announced() -> None:
    world = World()
    world.applied()
    for number in range(200):
        world.lies(f"flights/datasets/{number}.csv")
        if number != 150:
            world.arrives(f"{number}.csv")
    world.clock.pass_time(HOUR)
    assert world.swept() == replace(NOTHING, uploads=1)
    assert world.swept() == NOTHING


def test_an_announcement_that_comes_beside_the_late_event_makes_one_run() -> None:
    world = World()
    world.applied()
    world.lies(JANUARY)
    world.clock.pass_time(HOUR)
    world.swept()
    world.arrives("january.csv")
    assert len(runs(world)) == 1


def test_what_no_model_waits_for_is_announced_until_it_is_known_as_a_stray() -> None:
    world = World()
    world.applied()
    world.lies("nobody/datasets/january.csv")
    world.lies("Flights/datasets/january.csv")
    world.clock.pass_time(HOUR)
    assert world.swept() == replace(NOTHING, uploads=2)
    assert len(world.registry.page(Query(Noun.UPLOAD)).items) == 2
    assert world.swept() == NOTHING


def test_a_run_whose_machine_never_started_is_started() -> None:
    world = World()
    world.applied()
    run = world.arrives().run or ""
    world.wheel = MemoryWheel()
    world.clock.pass_time(HOUR)
    assert world.swept() == replace(NOTHING, started=1)
    assert world.wheel.started[run] == world.run(run)
    assert world.swept() == NOTHING


def test_a_run_whose_machine_runs_is_left_alone() -> None:
    world = World()
    world.applied()
    run = world.arrives().run
    world.clock.pass_time(HOUR)
    assert world.swept() == NOTHING
    assert world.run(run).status is RunStatus.RUNNING


def test_a_run_that_has_just_begun_is_left_alone() -> None:
    world = World()
    world.applied()
    world.arrives()
    world.wheel = MemoryWheel()
    world.clock.pass_time(timedelta(minutes=2))
    assert world.swept() == NOTHING
    assert not world.wheel.started


@pytest.mark.parametrize(
    ("execution", "status", "code"),
    [
        (Execution(State.FAILED, "data_rejected", "no rows"), RunStatus.REJECTED, "data_rejected"),
        (Execution(State.FAILED), RunStatus.FAILED, "error"),
        (Execution(State.TIMED_OUT), RunStatus.FAILED, "timed_out"),
        (Execution(State.ABORTED), RunStatus.FAILED, "stopped"),
        (Execution(State.SUCCEEDED), RunStatus.SUCCEEDED, "registered"),
    ],
)
def test_an_end_that_was_not_told_is_the_end_that_close_would_have_written(
    execution: Execution, status: RunStatus, code: str
) -> None:
    world = World()
    world.applied()
    run = world.arrives().run or ""
    world.wheel.end(run, execution)
    world.clock.pass_time(HOUR)
    assert world.swept() == replace(NOTHING, ended=1)
    assert (world.run(run).status, world.run(run).reason.code) == (status, code)
    assert world.swept() == NOTHING


def test_an_end_that_is_told_after_all_changes_nothing() -> None:
    world = World()
    world.applied()
    run = world.arrives().run or ""
    world.wheel.end(run, FAILED)
    world.clock.pass_time(HOUR)
    world.swept()
    revision = world.model().head.revision
    world.ends(run, FAILED)
    assert (world.run(run).status, world.model().head.revision) == (RunStatus.FAILED, revision)


def test_a_queued_run_starts_when_the_pace_allows_it() -> None:
    world = World()
    world.applied({"train": {"at_most": "1/day"}})
    world.ends(world.arrives("january.csv").run)
    queued = world.arrives("february.csv").run
    world.clock.pass_time(HOUR)
    assert world.swept() == NOTHING
    world.clock.pass_time(timedelta(days=1))
    assert world.swept() == replace(NOTHING, started=1)
    assert world.run(queued).status is RunStatus.RUNNING


def test_a_queued_run_starts_once_the_end_before_it_is_found() -> None:
    world = World()
    world.applied()
    first = world.arrives("january.csv").run or ""
    world.clock.pass_time(timedelta(minutes=1))
    queued = world.arrives("february.csv").run
    world.wheel.end(first, Execution(State.SUCCEEDED))
    world.clock.pass_time(HOUR)
    assert world.swept() == replace(NOTHING, started=1, ended=1)
    assert (world.run(first).status, world.run(queued).status) == (RunStatus.SUCCEEDED, RunStatus.RUNNING)
    assert world.swept() == NOTHING
