"""Reproduce: a version is made once more from what is recorded of it, to prove that it can be."""

from dataclasses import dataclass

from shared.domain import reproduction
from shared.domain.change import Noun, Receipt, Ref
from shared.domain.order import Order
from shared.domain.run import Cause, CauseKind
from shared.ports.clock import Clock
from shared.ports.ids import Ids
from shared.ports.registry import Registry
from shared.ports.wheel import Wheel, set_off


@dataclass(frozen=True, slots=True)
class Request:
    """Which version of which model."""

    model: str
    version: int
    order: Order


def run(request: Request, *, registry: Registry, wheel: Wheel, clock: Clock, ids: Ids) -> Receipt:
    """Begin the run at train; raises NotFound, StageConflict (it was purged), RunConflict (a run is open)."""
    order = request.order
    model = registry.model(request.model, Ref(Noun.VERSION, request.version), Ref(Noun.COMMAND, order.id))
    cause = Cause(CauseKind.COMMAND, order.id)
    change = reproduction.begin(model, order, request.version, cause, ids.new("run"), clock.now())
    receipt = registry.commit(change)
    set_off(wheel, registry, receipt)
    return receipt
