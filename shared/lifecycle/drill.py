"""Drill: a person has a copy of the champion tried that breaks, to see that it is noticed and taken back."""

from dataclasses import dataclass

from shared.domain.change import Noun, Receipt, Ref
from shared.domain.order import Order
from shared.domain.run import Cause, CauseKind
from shared.ports.clock import Clock
from shared.ports.ids import Ids
from shared.ports.registry import Registry
from shared.ports.wheel import Wheel, set_off


@dataclass(frozen=True, slots=True)
class Request:
    """Which model."""

    model: str
    order: Order


def run(request: Request, *, registry: Registry, wheel: Wheel, clock: Clock, ids: Ids) -> Receipt:
    """Begin the run that breaks a copy; raises NotFound, NoChampion, RunConflict (another is open), KeyReused."""
    model = registry.model(request.model, Ref(Noun.COMMAND, request.order.id))
    cause = Cause(CauseKind.COMMAND, request.order.id)
    receipt = registry.commit(model.drill(request.order, cause, ids.new("run"), clock.now()))
    set_off(wheel, registry, receipt)
    return receipt
