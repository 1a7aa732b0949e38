"""Sweep's approvals: a machine that was never told of a decision is told, and only such a one."""

from datetime import timedelta

import pytest

from shared.domain.change import Fact
from shared.domain.errors import Unavailable
from shared.lifecycle.sweep import approvals
from tests.examples import step
from tests.unit.lifecycle.waiting import GOES_ON, LostTasks, approves, waiting
from tests.unit.lifecycle.world import World


def swept(world: World) -> int:
    return approvals.run(registry=world.registry, tasks=world.tasks, clock=world.clock).approvals


def test_sweep_tells_the_machine_what_it_never_heard() -> None:
    world, run = waiting()
    with pytest.raises(Unavailable):
        approves(world, run, tasks=LostTasks())
    assert (swept(world), world.tasks.answers) == (0, {}), "it may still be on its way"
    world.clock.pass_time(timedelta(minutes=3))
    assert (swept(world), world.tasks.answers) == (1, {"token": GOES_ON})


def test_sweep_leaves_alone_what_has_gone_on() -> None:
    world, run = waiting()
    approves(world, run)
    world.registry.commit(Fact(step(run, "deploy"), fence=run))
    world.clock.pass_time(timedelta(minutes=3))
    assert swept(world) == 0


def test_sweep_leaves_alone_what_still_waits() -> None:
    world, _ = waiting()
    world.clock.pass_time(timedelta(minutes=30))
    assert (swept(world), world.tasks.answers) == (0, {})
