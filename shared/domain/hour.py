"""Hour: what captured rows add to an hour of event time, to an arm's tally and to the callers; all of it sums.

A slot is an hour of arrival, `2026-11-24T13`. Everything that fold writes is a pure function of the rows that arrived
in one slot, so that a doubled, late or reordered object changes nothing: the slot's newer state replaces the older.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

HOUR = timedelta(hours=1)


def hour_name(at: datetime) -> str:
    """The hour that an instant lies in, in UTC: 2026-11-24T13. Names sort by time; slots are called so."""
    return at.astimezone(UTC).isoformat()[:13]


def hour_of(name: str) -> datetime:
    """The instant at which the hour of this name begins."""
    return datetime.fromisoformat(f"{name}:00:00+00:00")


@dataclass(frozen=True, slots=True)
class Hour:
    """What the rows of a slot add to an hour of event time of a version.

    `at` is the hour's beginning (UTC). `counts` is a vector of little-endian uint32 over the bins of the version's
    reference (statistics/profile.py says where each column lies), `answers` one of little-endian float64 sums
    (statistics/performance.py).
    """

    version: int
    at: datetime
    slot: str
    rows: int
    outcomes: int
    counts: bytes
    answers: bytes


@dataclass(frozen=True, slots=True)
class Counted:
    """Rows that were dealt to an arm, those of them that it failed, and those that it called positive."""

    rows: int
    failed: int
    positive: int = 0


@dataclass(frozen=True, slots=True)
class Tally:
    """What the arms of one serving record did in a slot; arms by name (2h)."""

    revision: int
    slot: str
    arms: Mapping[str, Counted]


@dataclass(frozen=True, slots=True)
class Caller:
    """Who called a version in a slot, how many rows were asked and when last."""

    name: str
    version: int
    slot: str
    rows: int
    last_at: datetime


@dataclass(frozen=True, slots=True)
class Folding:
    """What one state of a slot comes to, for the hours and tallies that an object touched; `revision` counts states."""

    model: str
    slot: str
    revision: int
    hours: tuple[Hour, ...] = ()
    tallies: tuple[Tally, ...] = ()
    callers: tuple[Caller, ...] = ()


@dataclass(frozen=True, slots=True)
class Folded:
    """An object that was folded: the newest instants in it, by model: arrival, event time, event time with outcome.

    `oldest` is the oldest event time of its predictions, `disorder` how far one of them lay behind one before it.
    """

    key: str
    arrived: Mapping[str, datetime]
    events: Mapping[str, datetime]
    outcomes: Mapping[str, datetime]
    unmatched: int = 0
    unread: int = 0
    oldest: Mapping[str, datetime] = field(default_factory=dict)
    disorder: Mapping[str, timedelta] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Watermark:
    """How far a model may be read: every object that arrived before has been folded (None: nothing was captured).

    `disorder` is how far behind the newest event a prediction still came: so much of event time may be incomplete.
    """

    arrived: datetime | None = None
    events: datetime | None = None
    outcomes: datetime | None = None
    disorder: timedelta = timedelta(0)
