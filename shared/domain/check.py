"""Check: what a tick looked at: every window that became complete since the check before, and what the last showed."""

from dataclasses import dataclass
from datetime import datetime

from shared.domain.finding import Figure


@dataclass(frozen=True, slots=True)
class Window:
    """What one window `[begins, ends)` of event time showed: rows, how many have an outcome, and the figures."""

    begins: datetime
    ends: datetime
    rows: int
    outcomes: int
    figures: tuple[Figure, ...]


@dataclass(frozen=True, slots=True)
class Check:
    """One tick's look at a model: `drift` and `drop` are the last windows that became complete, if any have yet.

    `drift_until` and `drop_until` are the ends of the newest windows ever checked; the next check goes on from there.
    `realised` are the metrics of the newest drop window, `foretold` what its rows alone said of them; `estimated` are
    those of the newest drift window, which no outcome was needed for. `windows` counts the windows that this check
    looked at. Rows before `since` are of the time of another champion. `slot` is the slot of the schedule (train.every)
    that was settled last, `note` says what became of it where it started no run.
    """

    model: str
    id: str
    at: datetime
    version: int
    windows: int
    drift_until: datetime | None = None
    drop_until: datetime | None = None
    drift: Window | None = None
    drop: Window | None = None
    realised: tuple[Figure, ...] = ()
    estimated: tuple[Figure, ...] = ()
    since: datetime | None = None
    slot: str = ""
    note: str = ""
    foretold: tuple[Figure, ...] = ()
