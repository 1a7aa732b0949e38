"""Head: the one contended record of a model; every decision raises its revision."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from shared.domain.dataset import Dataset
from shared.domain.errors import NotFound, Problem
from shared.domain.run import RunStatus


@dataclass(frozen=True, slots=True)
class Open:
    """A run that has not ended: its status, and the uploads that it covers."""

    run: str
    status: RunStatus
    uploads: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Pace:
    """How many runs may start in a period (train.at_most)."""

    runs: int
    period: timedelta


@dataclass(frozen=True, slots=True)
class Head:
    """What decisions need to know at once.

    `cut` and `learned_until` keep splits from leaking, `starts` holds the run starts of the last period, `pace`,
    `replaces` and `drain` are copied from the spec (train.at_most, data.uploads, retire.drain) so that no decision
    reads a second item.
    `unread` holds the uploads of runs that ended before they could accept or reject them; the next run covers them.
    """

    model: str
    revision: int
    at: datetime
    spec: int = 0
    next_version: int = 1
    champion: int | None = None
    running: Open | None = None
    queued: Open | None = None
    dataset: str = ""
    cut: datetime | None = None
    learned_until: datetime | None = None
    pace: Pace | None = None
    replaces: bool = False
    starts: tuple[datetime, ...] = ()
    unread: tuple[str, ...] = ()
    drain: timedelta = timedelta()

    @property
    def covered(self) -> int:
        """How many uploads it holds: of both open runs, and those that no run has read."""
        return len(self.unread) + sum(len(run.uploads) for run in (self.running, self.queued) if run)

    def may_start(self, at: datetime) -> bool:
        """Whether a run may start now: none is open, and the pace allows one more."""
        return self.running is None and (self.pace is None or len(self.recent_starts(at)) < self.pace.runs)

    def goes_on(self, dataset: Dataset) -> "Head":
        """With this data version as the newest; its cut is never undercut."""
        return replace(self, dataset=dataset.id, cut=max(filter(None, (self.cut, dataset.cut)), default=None))

    def recent_starts(self, at: datetime) -> tuple[datetime, ...]:
        """The starts that still count against the pace."""
        return tuple(start for start in self.starts if self.pace and at - start < self.pace.period)


def unknown_model(name: str) -> NotFound:
    """What to say of a model that has no head: it begins with a spec."""
    return NotFound(
        f"there is no model {name[:40]}", Problem("/model", "no such model", name[:99], fix="treadle apply SPEC")
    )
