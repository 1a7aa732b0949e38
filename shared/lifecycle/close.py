"""Close: the machine has ended; a run that is still open gets its end with a reason, and the queued one starts."""

from dataclasses import dataclass

from shared.domain.change import Noun, Ref
from shared.domain.execution import Execution
from shared.domain.model import Model
from shared.domain.order import Order, command_id
from shared.domain.run import RunStatus
from shared.ports.clock import Clock
from shared.ports.registry import Registry
from shared.ports.wheel import Wheel


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
    _start_queued(model, registry, wheel, clock)
    return model.run(request.run).status


def _start_queued(model: Model, registry: Registry, wheel: Wheel, clock: Clock) -> None:
    """Start the next run where the wheel is free and the spec's pace allows it; else sweep does, later."""
    queued = model.head.queued
    if queued is None or not model.head.may_start(clock.now()):
        return
    order = Order(command_id(queued.run, "start"), by="treadle:close", reason="the run before it ended")
    model = registry.model(model.name, Ref(Noun.RUN, queued.run), Ref(Noun.COMMAND, order.id))
    registry.commit(model.start_queued(order, queued.run, clock.now()))
    wheel.start(registry.model(model.name, Ref(Noun.RUN, queued.run)).run(queued.run))
