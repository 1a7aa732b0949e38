"""Close: the machine has ended; a run that is still open gets its end with a reason, and the queued one starts."""

from dataclasses import dataclass

from shared.domain.change import Noun, Ref
from shared.domain.execution import Execution
from shared.domain.order import Order, command_id
from shared.domain.run import RunStatus
from shared.ports.clock import Clock
from shared.ports.registry import Registry
from shared.ports.wheel import Wheel, set_off_queued


@dataclass(frozen=True, slots=True)
class Request:
    """Whose machine ended, and how."""

    model: str
    run: str
    execution: Execution


def run(request: Request, *, registry: Registry, wheel: Wheel, clock: Clock) -> RunStatus:
    """End the run where it is open, start the queued one where there is one; returns how the run stands."""
    model = registry.model(request.model, Ref(Noun.RUN, request.run))
    if model.run(request.run).open:
        status, reason = request.execution.end()
        order = Order(command_id(request.run, "close"), by="treadle:close", reason=reason.detail or reason.code)
        registry.commit(model.end(order, request.run, status, reason, clock.now()))
        model = registry.model(request.model, Ref(Noun.RUN, request.run))
    set_off_queued(wheel, registry, model, by="treadle:close", at=clock.now())  # where the pace allows it; else sweep's
    return model.run(request.run).status
