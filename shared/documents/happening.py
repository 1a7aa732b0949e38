"""Happening: what people are written about, each with the facts that its letter tells."""

from dataclasses import dataclass
from datetime import datetime

from shared.domain.dataset import Reject
from shared.domain.finding import Finding
from shared.domain.retirement import Retirement


@dataclass(frozen=True, slots=True)
class RunRejected:
    """The platform looked and said no. `rejected` counts all bad rows, `rejects` holds the first bad cells.

    `findings` are the verdict's sentences, where one was reached; `champion` is the version that the candidate was no
    better than (None: it was refused for other limits); `serving` is the champion, which is untouched.
    """

    model: str
    run: str
    step: str
    code: str
    detail: str
    file: str = ""
    rejected: int = 0
    rejects: tuple[Reject, ...] = ()
    findings: tuple[str, ...] = ()
    serving: int | None = None
    champion: int | None = None


@dataclass(frozen=True, slots=True)
class RunFailed:
    """The platform could not say."""

    model: str
    run: str
    step: str
    code: str
    detail: str
    serving: int | None = None


@dataclass(frozen=True, slots=True)
class RolledBack:
    """A version that was being tried is tried no longer; `detail` is what the judge saw. A drill's copy broke by plan.

    `version` is the one that was tried; in a drill it is the champion, a copy of which broke.
    """

    model: str
    run: str
    version: int
    detail: str
    drill: bool
    serving: int | None


@dataclass(frozen=True, slots=True)
class DrillUnnoticed:
    """A drill's copy of `version` looked well to the judge, although it breaks; `detail` is what the judge saw."""

    model: str
    run: str
    version: int
    detail: str


@dataclass(frozen=True, slots=True)
class ApprovalAsked:
    """A version passed every gate and waits for the word of one of `may_decide`, none of `started_by`, until then."""

    model: str
    run: str
    version: int
    may_decide: tuple[str, ...]
    started_by: tuple[str, ...]
    until: datetime
    findings: tuple[str, ...]
    serving: int | None


@dataclass(frozen=True, slots=True)
class VersionPromoted:
    """A version has become the champion; `findings` are what verdict and judge said of it.

    `replaced` is the champion before it, which answers those who pin it until its `sunset`.
    """

    model: str
    version: int
    by: str
    reason: str
    at: datetime
    replaced: int | None = None
    findings: tuple[str, ...] = ()
    sunset: datetime | None = None


@dataclass(frozen=True, slots=True)
class VersionReinstated:
    """The version before is the champion again, in place of `replaced`, which drains until its `sunset`."""

    model: str
    version: int
    by: str
    reason: str
    at: datetime
    replaced: int | None = None
    sunset: datetime | None = None


@dataclass(frozen=True, slots=True)
class VersionRetired:
    """A version answers nobody any more; its retirement says why, what replaces it and what its callers do."""

    retirement: Retirement


@dataclass(frozen=True, slots=True)
class FindingMade:
    """A check found drift, or that a version answers worse; `serving` is the champion of now (None: none is)."""

    finding: Finding
    serving: int | None


@dataclass(frozen=True, slots=True)
class StrayUpload:
    """A file that no model waits for; `detail` says why."""

    bucket: str
    key: str
    bytes: int
    at: datetime
    detail: str


@dataclass(frozen=True, slots=True)
class NoticeUndelivered:
    """Who of a model could not be told, each with the reason; `notice` is the id of what they were not told."""

    model: str
    notice: str
    recipients: tuple[tuple[str, str], ...]


Happening = (
    RunRejected
    | RunFailed
    | RolledBack
    | DrillUnnoticed
    | ApprovalAsked
    | VersionPromoted
    | VersionReinstated
    | VersionRetired
    | FindingMade
    | StrayUpload
    | NoticeUndelivered
)
