"""Wheel: the state machine that carries a run from verb to verb."""

from typing import Protocol

from shared.domain.change import Noun, Receipt, Ref
from shared.domain.execution import Execution
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


def set_off(wheel: Wheel, registry: Registry, decided: Receipt) -> None:
    """Start the run that a decision began, or joined; one that is queued waits for its turn."""
    if decided.run and decided.now == RunStatus.RUNNING:
        wheel.start(registry.model(decided.model, Ref(Noun.RUN, decided.run)).run(decided.run))
