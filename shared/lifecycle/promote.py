"""Promote: a version becomes champion; the one before it drains, and pinned calls to it go on."""

from dataclasses import dataclass

from shared.domain.change import Noun, Receipt, Ref
from shared.domain.order import Order
from shared.ports.clock import Clock
from shared.ports.drains import Drains, drain
from shared.ports.registry import Registry
from shared.ports.wheel import Wheel, free


@dataclass(frozen=True, slots=True)
class Request:
    """Which version of which model."""

    model: str
    version: int
    order: Order


def run(request: Request, *, registry: Registry, drains: Drains, clock: Clock) -> Receipt:
    """Replace the champion; raises NotFound, StageConflict (not from this stage), RevisionMoved, KeyReused."""
    model = registry.model(request.model, Ref(Noun.VERSION, request.version), Ref(Noun.COMMAND, request.order.id))
    receipt = registry.commit(model.promote(request.order, request.version, clock.now()))
    drain(drains, registry.model(request.model).serving)
    return receipt


def overtake(request: Request, *, registry: Registry, drains: Drains, wheel: Wheel, clock: Clock) -> Receipt:
    """Replace the champion as a person wants it, whichever run waits for approval: its machine is stopped."""
    before = registry.model(request.model).head
    receipt = run(request, registry=registry, drains=drains, clock=clock)
    free(wheel, before, receipt)
    return receipt
