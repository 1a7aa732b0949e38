"""Sweep: a version that drains past its sunset goes, whatever became of the machine that waited for it."""

from datetime import timedelta

import pytest

from shared.domain.model import Model
from tests import examples
from tests.unit.lifecycle.leaving import having_replaced_the_champion
from tests.unit.lifecycle.world import Found, World

HOUR = timedelta(hours=1)
NOTHING = Found()


def test_a_version_that_drains_past_its_sunset_is_waited_for_no_longer() -> None:
    world = World()
    having_replaced_the_champion(world.registry)
    now = world.clock.pass_time(timedelta(days=7, minutes=13))
    assert world.swept().drains == 1
    assert world.drains.started == [("flights", 1, examples.later(7), now)]


def test_a_version_that_is_still_there_an_hour_later_is_tried_anew() -> None:
    world = World()
    having_replaced_the_champion(world.registry)
    world.clock.pass_time(timedelta(days=8))
    for _ in range(2):
        world.swept()
        world.swept()
        world.clock.pass_time(HOUR)
    assert len(world.drains.started) == 2


@pytest.mark.parametrize("passed", [timedelta(days=3), timedelta(days=7, minutes=12)])
def test_a_version_whose_time_is_hardly_over_is_left_to_its_machine(passed: timedelta) -> None:
    world = World()
    having_replaced_the_champion(world.registry)
    world.clock.pass_time(passed)
    assert world.swept() == NOTHING
    assert world.drains.started == []


def test_the_drains_of_every_model_are_looked_at() -> None:
    world = World()
    for number in range(250):
        name, given = f"model-{number}", examples.order("apply")
        world.registry.commit(Model.unknown(name).apply(given, examples.applied(of=examples.spec(name))))
    having_replaced_the_champion(world.registry)
    world.clock.pass_time(timedelta(days=8))
    assert world.swept().drains == 1
