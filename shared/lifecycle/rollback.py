"""Rollback: what is being tried is taken back, by its run or by a person; else the version before answers again."""

from dataclasses import dataclass

from shared.domain.change import Noun, Receipt, Ref
from shared.domain.order import Order, step_order
from shared.domain.reason import Reason
from shared.ports.clock import Clock
from shared.ports.drains import Drains, drain
from shared.ports.registry import Registry
from shared.ports.wheel import Wheel, free


@dataclass(frozen=True, slots=True)
class Request:
    """A person asks for a model."""

    model: str
    order: Order


@dataclass(frozen=True, slots=True)
class Withdrawal:
    """A run takes back what it tries, and ends for this reason; `detail` is the judge's sentence."""

    model: str
    run: str
    detail: str
    reason: str = "rolled_back"


def run(request: Request, *, registry: Registry, drains: Drains, wheel: Wheel, clock: Clock) -> Receipt:
    """Take back the challenger; without one, go back to the version that drained last.

    Raises NotFound, StageConflict (none drains), RevisionMoved, KeyReused.
    """
    model = registry.model(request.model, Ref(Noun.COMMAND, request.order.id))
    receipt = registry.commit(model.rollback(request.order, clock.now()))
    drain(drains, registry.model(request.model).serving)
    free(wheel, model.head, receipt)
    return receipt


def withdraw(request: Withdrawal, *, registry: Registry, clock: Clock) -> Receipt:
    """Take back what the run tries, once; the run ends. Raises Superseded when it no longer runs."""
    order = step_order(request.run, "rollback", request.detail)
    model = registry.model(request.model, Ref(Noun.COMMAND, order.id))
    return registry.commit(model.take_back(order, Reason(request.reason, request.detail), clock.now()))
