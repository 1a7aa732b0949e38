"""Deploy: how a registered version takes over, by what serves and what the spec says."""

from shared.lifecycle import deploy
from shared.lifecycle.deploy import Way
from tests.history import NEXT, having_a_champion, having_received, having_registered
from tests.unit.lifecycle.world import World

STEPS = {"deploy": {"steps": [{"share": "20%", "bake": "1h"}]}}


def way(world: World, run: str, version: int, spec: int = 1) -> Way:
    return deploy.run(deploy.Request("flights", run, spec, version), registry=world.registry, clock=world.clock).way


def test_the_first_version_takes_over_at_once_whatever_the_steps() -> None:
    world = World()
    world.applied(STEPS)
    assert way(world, str(world.arrives().run), 1) is Way.ALL_AT_ONCE


def test_beside_a_champion_a_version_without_steps_takes_over_at_once() -> None:
    world = World()
    having_a_champion(world.registry)
    having_received(world.registry, "february", NEXT, 4)
    having_registered(world.registry, NEXT, 5)
    assert way(world, NEXT, 2) is Way.ALL_AT_ONCE


def test_beside_a_champion_a_version_with_steps_waits_for_a_person() -> None:
    world = World()
    having_a_champion(world.registry)
    world.applied(STEPS)
    having_received(world.registry, "february", NEXT, 4)
    having_registered(world.registry, NEXT, 5)
    assert way(world, NEXT, 2, spec=2) is Way.HOLD
