"""Cancel: a person ends an open run; what serves goes on serving."""

from dataclasses import dataclass

from shared.domain.change import Noun, Receipt, Ref
from shared.domain.order import Order
from shared.domain.reason import Reason
from shared.domain.run import RunStatus
from shared.ports.clock import Clock
from shared.ports.registry import Registry
from shared.ports.wheel import Wheel


@dataclass(frozen=True, slots=True)
class Request:
    """Which run of which model."""

    model: str
    run: str
    order: Order


def run(request: Request, *, registry: Registry, wheel: Wheel, clock: Clock) -> Receipt:
    """End the run in the registry first, then stop its execution; raises NotFound, RunConflict (it has ended)."""
    model = registry.model(request.model, Ref(Noun.RUN, request.run), Ref(Noun.COMMAND, request.order.id))
    cancelled = Reason("cancelled", request.order.reason)
    model.run(request.run)
    change = model.end(request.order, request.run, RunStatus.CANCELLED, cancelled, clock.now())
    receipt = registry.commit(change)
    wheel.stop(request.run, "cancelled")
    return receipt
