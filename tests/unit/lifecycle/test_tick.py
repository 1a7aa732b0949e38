"""Tick: who is to be looked at."""

from shared.domain.model import Model
from shared.lifecycle import tick
from tests.examples import applied, order, spec
from tests.fakes.checks import MemoryChecks
from tests.fakes.registry import MemoryRegistry
from tests.history import having_a_champion


def test_models_with_a_champion_are_looked_at_and_no_others() -> None:
    registry, checks = MemoryRegistry(), MemoryChecks()
    having_a_champion(registry)
    registry.commit(Model.unknown("taxis").apply(order("apply taxis"), applied(of=spec("taxis"))))
    assert tick.run(registry=registry, checks=checks) == ("flights",)
    assert checks.asked == ["flights"]


def test_a_model_whose_look_still_waits_is_not_asked_for_again() -> None:
    registry, checks = MemoryRegistry(), MemoryChecks()
    having_a_champion(registry)
    tick.run(registry=registry, checks=checks)
    assert [tick.run(registry=registry, checks=checks) for _ in range(50)] == [()] * 50
    assert checks.asked == ["flights"]


def test_a_look_that_is_under_way_or_was_lost_holds_up_nobody() -> None:
    registry, checks = MemoryRegistry(), MemoryChecks()
    having_a_champion(registry)
    tick.run(registry=registry, checks=checks)
    checks.asked.clear()
    assert tick.run(registry=registry, checks=checks) == ("flights",)
