"""Execution: how Step Functions says a run's machine stands, and what its end means for the run."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from shared.domain.reason import Reason
from shared.domain.run import RunStatus


class State(StrEnum):
    """In AWS's words; missing is one that never started."""

    RUNNING = "RUNNING"
    SUCCEEDED = "SUCCEEDED"
    FAILED = "FAILED"
    TIMED_OUT = "TIMED_OUT"
    ABORTED = "ABORTED"
    MISSING = "MISSING"


NAMED: Mapping[str, RunStatus] = {
    "data_rejected": RunStatus.REJECTED,
    "gate_failed": RunStatus.REJECTED,
    "not_approved": RunStatus.REJECTED,
    "approval_expired": RunStatus.REJECTED,
    "rolled_back": RunStatus.REJECTED,
    "not_reproduced": RunStatus.REJECTED,
    "drill_unnoticed": RunStatus.FAILED,
    "search_failed": RunStatus.FAILED,
    "timed_out": RunStatus.FAILED,
    "out_of_memory": RunStatus.FAILED,
    "disk_full": RunStatus.FAILED,
    "error": RunStatus.FAILED,
}
"""The named ends: the code that a Fail state gives, and whether the platform said no or could not say."""

UNNAMED: Mapping[State, tuple[RunStatus, Reason]] = {
    State.SUCCEEDED: (RunStatus.SUCCEEDED, Reason("registered", "its version waits for treadle promote")),
    State.FAILED: (RunStatus.FAILED, Reason("error", "its machine failed at no end of its own")),
    State.TIMED_OUT: (RunStatus.FAILED, Reason("timed_out", "its machine ran out of time")),
    State.ABORTED: (RunStatus.FAILED, Reason("stopped", "its machine was stopped from outside")),
}
"""What an end means that no state of the machine named."""


SAID = 300
"""Characters of AWS's own words that are kept."""


@dataclass(frozen=True, slots=True)
class Execution:
    """Where the machine stands; `error` is the named end's code, `cause` its sentence or a Lambda error as JSON."""

    state: State
    error: str = ""
    cause: str = ""

    @property
    def over(self) -> bool:
        """Whether it ran, and no longer does."""
        return self.state in UNNAMED

    def end(self) -> tuple[RunStatus, Reason]:
        """What a run that is still open ends as; only for an execution that is over."""
        if self.error in NAMED:
            return NAMED[self.error], Reason(self.error, _sentence(self.cause))
        status, reason = UNNAMED[self.state]
        said = ": ".join(part for part in (self.error, _sentence(self.cause)) if part)
        return status, Reason(reason.code, f"{reason.detail}; {said[:SAID]}" if said else reason.detail)


def _sentence(cause: str) -> str:
    """The message of a Lambda error, or the text as it is."""
    try:
        return str(json.loads(cause)["errorMessage"])
    except (ValueError, KeyError, TypeError):
        return cause
