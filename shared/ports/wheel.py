"""Wheel: the state machine that carries a run from verb to verb."""

from typing import Protocol

from shared.domain.execution import Execution
from shared.domain.run import Run


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
