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
