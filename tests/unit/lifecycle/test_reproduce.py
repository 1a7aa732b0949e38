"""Reproduce: a person has a version made once more, and the run that does so is pinned to what it was made of."""

from datetime import timedelta

import pytest

from shared.domain.change import Noun, Receipt, Ref
from shared.domain.errors import NotFound, RunConflict, StageConflict
from shared.domain.run import BeginAt, RunStatus
from shared.domain.stage import Stage
from shared.lifecycle import reproduce
from tests.examples import MODEL, later, order
from tests.history import decide, having_a_champion, having_received, having_registered, having_spec
from tests.unit.lifecycle.world import World


def reproduced(world: World, version: int = 1) -> Receipt:
    return reproduce.run(reproduce.Request(MODEL, version, order("reproduce")), **world.starting())


@pytest.fixture
def world() -> World:
    """Version 1 serves, and the spec has changed since."""
    world = World()
    having_a_champion(world.registry)
    having_spec(world.registry, 2, 4)
    world.clock.pass_time(timedelta(minutes=9))
    return world


def test_the_run_begins_at_train_on_the_spec_and_the_data_version_that_the_version_was_made_of(world: World) -> None:
    receipt = reproduced(world)
    run, version = world.run(receipt.run), world.model(Ref(Noun.VERSION, 1)).version(1)
    assert (receipt.action, receipt.now) == ("reproduce", "running")
    assert (run.begin_at, run.version, run.status) == (BeginAt.TRAIN, 1, RunStatus.RUNNING)
    assert (run.spec, run.dataset, run.uploads) == (version.spec, version.dataset, ())
    assert world.model().head.spec == 2
    assert list(world.wheel.started) == [run.id]


def test_nothing_of_the_version_nor_of_what_serves_changes(world: World) -> None:
    before = world.model(Ref(Noun.VERSION, 1))
    reproduced(world)
    after = world.model(Ref(Noun.VERSION, 1))
    assert (after.version(1), after.serving) == (before.version(1), before.serving)
    assert after.head.next_version == before.head.next_version


def test_what_is_asked_for_twice_begins_once(world: World) -> None:
    first, again = reproduced(world), reproduced(world)
    assert (again.run, again.replayed) == (first.run, True)
    assert len(world.wheel.started) == 1


def test_nothing_is_reproduced_while_a_run_is_open(world: World) -> None:
    having_received(world.registry, "february", "run_2", 5)
    with pytest.raises(RunConflict):
        reproduced(world)


def test_a_version_that_is_not_there_is_not_reproduced(world: World) -> None:
    with pytest.raises(NotFound):
        reproduced(world, 7)


def test_a_version_whose_bytes_were_erased_is_not_made_again(world: World) -> None:
    having_received(world.registry, "february", "run_2", 5)
    having_registered(world.registry, "run_2", 6)
    about = (Ref(Noun.VERSION, 1), Ref(Noun.VERSION, 2))
    decide(world.registry, lambda model: model.promote(order("promote", run="run_2"), 2, later(7)), *about)
    decide(world.registry, lambda model: model.retire(order("retire"), 1, later(8)), *about)
    decide(world.registry, lambda model: model.purge(order("purge"), 1, later(9)), *about)
    with pytest.raises(StageConflict) as refused:
        reproduced(world)
    [problem] = refused.value.problems
    assert (problem.got, "erased" in problem.detail, bool(problem.fix)) == (Stage.PURGED, True, True)
    assert world.model().head.running is None
