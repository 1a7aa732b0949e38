"""Approval overtaken: a person who promotes, rolls back or cancels wins over a run that waits."""

from typing import Any

import pytest

from shared.domain.approval import ApprovalStatus
from shared.domain.change import Noun, Ref
from shared.domain.errors import RunConflict
from shared.domain.execution import State
from shared.domain.run import RunStatus
from shared.lifecycle import approve, cancel, promote, rollback
from tests.examples import MODEL, order, version
from tests.unit.lifecycle.waiting import approval, approves, registered, told, waiting
from tests.unit.lifecycle.world import World


def deciding(world: World) -> dict[str, Any]:
    """The ports of a person's promote and rollback."""
    return {"registry": world.registry, "drains": world.drains, "wheel": world.wheel, "clock": world.clock}


def test_a_person_who_promotes_wins_and_the_machine_that_waits_is_stopped() -> None:
    world, run = waiting()
    promote.overtake(promote.Request(MODEL, 1, order("promote")), **deciding(world))
    assert (world.run(run).status, world.run(run).reason.code) == (RunStatus.CANCELLED, "overtaken")
    assert approval(world, run).status is ApprovalStatus.WITHDRAWN
    assert world.wheel.execution(run).state is State.ABORTED


def test_a_rollback_wins_over_a_run_that_waits() -> None:
    world, first = registered()
    world.registry.commit(world.model(Ref(Noun.VERSION, 1)).promote(order("first", run=first), 1, world.clock.now()))
    run = str(world.arrives("february.csv").run)
    world.registry.commit(world.model().register(order("register 2", run=run), version(run)))
    second = order("second", run=run)
    world.registry.commit(world.model(Ref(Noun.VERSION, 2)).promote(second, 2, world.clock.now()))
    run = str(world.arrives("march.csv").run)
    world.registry.commit(world.model().register(order("register 3", run=run), version(run)))
    request = approve.Asked(MODEL, run, 1, 3, "token")
    approve.ask(request, **told(world))
    rollback.run(rollback.Request(MODEL, order("back")), **deciding(world))
    assert (world.run(run).status, world.wheel.execution(run).state) == (RunStatus.CANCELLED, State.ABORTED)


def test_a_run_that_waits_can_be_cancelled() -> None:
    world, run = waiting()
    request = cancel.Request(MODEL, run, order("cancel"))
    cancel.run(request, registry=world.registry, wheel=world.wheel, clock=world.clock)
    assert (world.run(run).status, approval(world, run).status) == (RunStatus.CANCELLED, ApprovalStatus.WITHDRAWN)
    with pytest.raises(RunConflict):
        approves(world, run)
