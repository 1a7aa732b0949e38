"""Run: one turn of the wheel, from a cause to a named end with a reason."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from shared.domain.dataset import Reject
from shared.domain.reason import NO_REASON, Reason


class RunStatus(StrEnum):
    """Where a run stands; the last five are ends: rejected = the platform said no, failed = it could not say."""

    QUEUED = "queued"
    RUNNING = "running"
    WAITING = "waiting"
    SUCCEEDED = "succeeded"
    REJECTED = "rejected"
    FAILED = "failed"
    CANCELLED = "cancelled"
    SUPERSEDED = "superseded"


OPEN = frozenset({RunStatus.QUEUED, RunStatus.RUNNING, RunStatus.WAITING})


class CauseKind(StrEnum):
    """What makes a run."""

    UPLOAD = "upload"
    COMMAND = "command"
    FINDING = "finding"
    SCHEDULE = "schedule"


class BeginAt(StrEnum):
    """Where a run enters the machine: a restored version at score, a drill where the champion's copy is broken.

    A version that is reproduced enters at train, on the spec and the data version that it was made of.
    """

    DATA = "data"
    TRAIN = "train"
    SCORE = "score"
    DRILL = "drill"


@dataclass(frozen=True, slots=True)
class Cause:
    """The one thing that made the run: an upload, a command, a finding or a slot of the schedule."""

    kind: CauseKind
    id: str


@dataclass(frozen=True, slots=True)
class Run:
    """One run; spec and uploads are pinned when it starts. Its steps are facts of their own.

    `version` is the one that a run is about which does not begin at data: restored, drilled or reproduced; else 0.
    """

    model: str
    id: str
    cause: Cause
    by: str
    at: datetime
    spec: int
    uploads: tuple[str, ...]
    dataset: str
    status: RunStatus
    since: datetime
    reason: Reason = NO_REASON
    begin_at: BeginAt = BeginAt.DATA
    version: int = 0

    @property
    def open(self) -> bool:
        """Whether it has not ended."""
        return self.status in OPEN


@dataclass(frozen=True, slots=True)
class Step:
    """What one verb of a run did: put once, while the run runs. Rejects are the first bad cells of an upload."""

    model: str
    run: str
    name: str
    at: datetime
    seconds: float
    outcome: str
    refs: tuple[tuple[str, str], ...] = ()
    rejects: tuple[Reject, ...] = ()

    @property
    def id(self) -> str:
        """Within the run, one step a verb."""
        return f"{self.run}#{self.name}"
