"""A wheel in memory: executions stand as a test says."""

from shared.domain.errors import NotFound, Problem
from shared.domain.execution import Execution, State
from shared.domain.run import Run


class MemoryWheel:
    """Executions by run, with what each was started with and why it was stopped."""

    def __init__(self) -> None:
        self.started: dict[str, Run] = {}
        self.stopped: dict[str, str] = {}
        self._executions: dict[str, Execution] = {}

    def start(self, run: Run) -> None:
        """Start the run's execution; one that has started already stays as it is."""
        self.started.setdefault(run.id, run)
        self._executions.setdefault(run.id, Execution(State.RUNNING))

    def stop(self, run: str, why: str) -> None:
        """Abort the run's execution where it runs."""
        if self.execution(run).state is State.RUNNING:
            self._executions[run] = Execution(State.ABORTED, "stopped", why)
            self.stopped[run] = why

    def execution(self, run: str) -> Execution:
        """How the run's execution stands."""
        return self._executions.get(run, Execution(State.MISSING))

    def running(self) -> frozenset[str]:
        """The runs whose executions go on, by name."""
        return frozenset(run for run, execution in self._executions.items() if execution.state is State.RUNNING)

    def model(self, run: str) -> str:
        """The model that the run's execution was started for; raises NotFound."""
        if run not in self.started:
            raise NotFound(f"no execution {run}", Problem("/run", "never started", got=run))
        return self.started[run].model

    def end(self, run: str, execution: Execution) -> None:
        """Let the execution end so."""
        self._executions[run] = execution
