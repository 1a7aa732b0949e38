"""Waiting: a run that waits for approval, and who decides about it."""

from dataclasses import replace
from typing import Any

from shared.domain import hold
from shared.domain.approval import Approval, Approver
from shared.domain.change import Noun, Ref
from shared.domain.errors import Unavailable
from shared.domain.order import Order
from shared.lifecycle import approve, reject
from tests.examples import MODEL, order, version
from tests.fakes.tasks import MemoryTasks
from tests.unit.lifecycle.world import World

LIN = Approver("lin", frozenset({"ml-leads"}))
ASKS = {"deploy": {"approval": {"by": ["ml-leads"], "within": "1h"}}}
GOES_ON = ("", "")


class LostTasks(MemoryTasks):
    """The machine is never told."""

    def succeed(self, token: str) -> None:  # noqa: ARG002  # the port's signature
        """No answer."""
        raise Unavailable("the wheel did not answer in time")


def registered() -> tuple[World, str]:
    """A run has registered version 1 of a model whose spec asks for approval."""
    world = World()
    world.applied(ASKS)
    run = str(world.arrives().run)
    made = replace(version(run), dataset="ds_1")
    world.registry.commit(world.model().register(order("register", run=run), made))
    return world, run


def asks(world: World, run: str, token: str = "token") -> approve.Waits:
    request = approve.Asked(MODEL, run, 1, 1, token)
    return approve.ask(request, registry=world.registry, tasks=world.tasks, clock=world.clock)


def waiting() -> tuple[World, str]:
    """Its run waits."""
    world, run = registered()
    asks(world, run)
    return world, run


def told(world: World) -> dict[str, Any]:
    return {"registry": world.registry, "tasks": world.tasks, "clock": world.clock}


def approves(world: World, run: str, who: Approver = LIN, tasks: MemoryTasks | None = None) -> None:
    given = replace(order("approve"), by=who.name)
    ports = told(world) | ({"tasks": tasks} if tasks else {})
    approve.run(approve.Request(MODEL, run, given, who), **ports)


def rejects(world: World, run: str, command: str = "cmd_reject") -> None:
    given = Order(command, "lin", "it is no better")
    reject.run(reject.Request(MODEL, run, given, LIN), **told(world))


def settles(world: World, run: str) -> approve.Settled:
    return approve.settle(approve.Overdue(MODEL, run), registry=world.registry, clock=world.clock)


def approval(world: World, run: str) -> Approval:
    return hold.held(world.model(Ref(Noun.APPROVAL, run), Ref(Noun.RUN, run)), run)
