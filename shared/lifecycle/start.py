"""Start: a run by command (`treadle train`), on the data so far, with today's spec."""

from dataclasses import dataclass

from shared.domain.change import Noun, Receipt, Ref
from shared.domain.errors import Problem, RequestRefused
from shared.domain.order import Order
from shared.domain.run import Cause, CauseKind
from shared.ports.clock import Clock
from shared.ports.ids import Ids
from shared.ports.registry import Registry
from shared.ports.wheel import Wheel, set_off


@dataclass(frozen=True, slots=True)
class Request:
    """Which model turns."""

    model: str
    order: Order


def run(request: Request, *, registry: Registry, wheel: Wheel, clock: Clock, ids: Ids) -> Receipt:
    """Begin a run, or queue it behind the open one; raises NotFound, RequestRefused (no data yet), KeyReused."""
    model = registry.model(request.model, Ref(Noun.COMMAND, request.order.id))
    answered = request.order.id in model.commands
    if not (answered or model.head.dataset or model.head.unread):
        fix = f"treadle upload {request.model} FILE"
        raise RequestRefused(f"{request.model} has no data yet", Problem("/model", "nothing to train on", fix=fix))
    cause = Cause(CauseKind.COMMAND, request.order.id)
    receipt = registry.commit(model.begin(request.order, cause, ids.new("run"), clock.now()))
    set_off(wheel, registry, receipt)
    return receipt
