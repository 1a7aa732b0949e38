"""Drill: a person has a broken copy of the champion tried."""

from datetime import timedelta

import pytest

from shared.domain.change import Receipt
from shared.domain.errors import NoChampion, RunConflict
from shared.domain.run import BeginAt, RunStatus
from shared.lifecycle import drill
from tests.examples import MODEL, order
from tests.history import having_a_champion, having_received
from tests.unit.lifecycle.world import World


def drilled(world: World) -> Receipt:
    return drill.run(drill.Request(MODEL, order("drill")), **world.starting())


@pytest.fixture
def world() -> World:
    """Version 1 serves."""
    world = World()
    having_a_champion(world.registry)
    world.clock.pass_time(timedelta(minutes=9))
    return world


def test_a_drill_is_a_run_about_the_champion_that_begins_where_its_copy_is_broken(world: World) -> None:
    receipt = drilled(world)
    run = world.run(receipt.run)
    assert (receipt.action, receipt.now) == ("drill", "running")
    assert (run.begin_at, run.version, run.status) == (BeginAt.DRILL, 1, RunStatus.RUNNING)
    assert list(world.wheel.started) == [run.id]


def test_a_drill_that_is_asked_for_twice_begins_once(world: World) -> None:
    first, again = drilled(world), drilled(world)
    assert (again.run, again.replayed) == (first.run, True)
    assert len(world.wheel.started) == 1


def test_nothing_is_drilled_while_a_run_is_open(world: World) -> None:
    having_received(world.registry, "february", "run_2", 4)
    with pytest.raises(RunConflict) as refused:
        drilled(world)
    assert "run_2" in refused.value.detail
    assert refused.value.problems[0].fix


def test_nothing_is_drilled_where_nothing_serves() -> None:
    world = World()
    world.applied()
    with pytest.raises(NoChampion):
        drilled(world)
