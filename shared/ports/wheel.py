"""Wheel: the state machine that carries a run from verb to verb."""

from datetime import datetime
from typing import Protocol

from shared.domain.change import Noun, Receipt, Ref
from shared.domain.execution import Execution
from shared.domain.head import Head
from shared.domain.model import Model
from shared.domain.order import Order, command_id
from shared.domain.run import Run, RunStatus
from shared.ports.registry import Registry


class Wheel(Protocol):
    """Executions are named by run id, so that a start run twice starts once."""

    def start(self, run: Run) -> None:
        """Start the run's execution; one that has started already is a success."""
        ...

    def stop(self, run: str, why: str) -> None:
        """Stop the run's execution; one that has ended already, or never was, is a success."""
        ...

    def execution(self, run: str) -> Execution:
        """How the run's execution stands."""
        ...

    def running(self) -> frozenset[str]:
        """The runs whose executions go on, by name."""
        ...

    def model(self, run: str) -> str:
        """The model that the run's execution was started for; "" for one that says none. Raises NotFound."""
        ...


def set_off(wheel: Wheel, registry: Registry, decided: Receipt) -> None:
    """Start the run that a decision began, or joined; one that is queued waits for its turn."""
    if decided.run and decided.now == RunStatus.RUNNING:
        wheel.start(registry.model(decided.model, Ref(Noun.RUN, decided.run)).run(decided.run))


def set_off_queued(wheel: Wheel, registry: Registry, model: Model, by: str, at: datetime) -> int:
    """Start the queued run where the wheel is free and the spec's pace allows it; how many were started (0 or 1)."""
    queued = model.head.queued
    if queued is None or not model.head.may_start(at):
        return 0
    order = Order(command_id(queued.run, "start"), by, reason="its turn has come")
    model = registry.model(model.name, Ref(Noun.RUN, queued.run), Ref(Noun.COMMAND, order.id))
    set_off(wheel, registry, registry.commit(model.start_queued(order, queued.run, at)))
    return 1


def free(wheel: Wheel, before: Head, decided: Receipt) -> None:
    """Stop the machine of a run that waited for approval when a person decided otherwise; a repeat stops nothing."""
    waited = before.running
    if waited and waited.status is RunStatus.WAITING and not decided.replayed:
        wheel.stop(waited.run, f"overtaken by {decided.by}: {decided.reason}")
