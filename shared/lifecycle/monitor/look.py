"""Look: what the windows that have become complete show, and which of them alarm."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from shared.domain.check import Window
from shared.domain.finding import Figure, Finding, Kind, told
from shared.domain.hour import HOUR
from shared.engines import monitoring
from shared.engines.monitoring import Panel
from shared.lifecycle.monitor.due import Ends, Look, drift_due, drop_due
from shared.lifecycle.monitor.reading import Read

_MOST_FIGURES = 200
_COLUMNS_TOLD = 3
_FIGURES_TOLD = 8


@dataclass(frozen=True, slots=True, eq=False)
class Windows:
    """The windows of a kind that became complete, by their ends (hours since 1970), and their figures."""

    ends: Ends
    panel: Panel


@dataclass(frozen=True, slots=True, eq=False)
class Seen:
    """What a look has seen; `columns` are the drift figures of the windows in which a drop is told of."""

    length: timedelta
    drifted: Windows
    dropped: Windows
    columns: Mapping[int, tuple[Figure, ...]] = field(default_factory=dict)
    drift: Window | None = None
    drop: Window | None = None
    estimated: tuple[Figure, ...] = ()
    foretold: tuple[Figure, ...] = ()

    @property
    def windows(self) -> int:
        """How many windows were new."""
        return len(self.drifted.ends) + len(self.dropped.ends)

    @property
    def drift_until(self) -> datetime | None:
        """The end of the newest drift window."""
        return self.drift.ends if self.drift else None

    @property
    def drop_until(self) -> datetime | None:
        """The end of the newest drop window."""
        return self.drop.ends if self.drop else None

    @property
    def metrics(self) -> Mapping[str, float]:
        """The furthest score of the new windows, by metric."""
        kinds = {"DriftScore": self.drifted, "Performance": self.dropped}
        return {name: float(seen.panel.score.max()) for name, seen in kinds.items() if len(seen.ends)}


@dataclass(frozen=True, slots=True)
class Alarm:
    """A window that is beyond a threshold, with its figures in the order in which people read them."""

    kind: Kind
    begins: datetime
    ends: datetime
    figures: tuple[Figure, ...]

    def finding(self, model: str, ident: str, at: datetime, version: int) -> Finding:
        """What is put, before anybody reacts."""
        return Finding(model, ident, at, version, self.kind, self.begins, self.ends, self.figures, "tell", "")


def look(by: Look, read: Read) -> Seen:
    """Every window that became complete, oldest first, and what the newest ones show."""
    budget = by.budget()
    drift_ends = drift_due(by, read)
    drop_ends = drop_due(by, read)
    drifted = Windows(drift_ends, monitoring.drift(read.reference, read.hours, drift_ends, budget))
    dropped = Windows(drop_ends, monitoring.realised(read.task, read.reference, read.hours, drop_ends, budget))
    alarming = drop_ends[dropped.panel.score >= 1]
    beside = monitoring.drift(read.reference, read.hours, alarming, budget)
    estimated, foretold = (
        monitoring.estimated(read.task, read.reference, read.hours, ends[-1:], budget)
        for ends in (drift_ends, drop_ends)
    )
    return Seen(
        by.window,
        drifted,
        dropped,
        {end: beside.figures(place) for place, end in enumerate(alarming.tolist())},
        _newest(by, read, drifted),
        _newest(by, read, dropped),
        estimated.figures(0) if len(drift_ends) else (),
        foretold.figures(0) if len(drop_ends) else (),
    )


def alarms(seen: Seen) -> Iterator[Alarm]:
    """The windows that are beyond a threshold, oldest first; of two with one end, the drop first."""
    kinds = ((Kind.DROP, seen.dropped), (Kind.DRIFT, seen.drifted))
    found = [
        (end, kind, windows.panel, place)
        for kind, windows in kinds
        for place, end in enumerate(windows.ends.tolist())
        if windows.panel.score[place] >= 1
    ]
    for end, kind, panel, place in sorted(found, key=lambda one: one[0]):
        yield Alarm(
            kind, _at(end) - seen.length, _at(end), _told(kind, panel.figures(place), seen.columns.get(end, ()))
        )


def _told(kind: Kind, figures: tuple[Figure, ...], columns: tuple[Figure, ...]) -> tuple[Figure, ...]:
    """Of a drop all of it, then the columns that moved most; of a drift the furthest figure of each column first."""
    if kind is Kind.DRIFT:
        return told(figures)[:_FIGURES_TOLD]
    return (*told(figures), *[figure for figure in columns if figure.statistic == "psi"][:_COLUMNS_TOLD])


def _newest(by: Look, read: Read, windows: Windows) -> Window | None:
    """What the last of these windows showed."""
    if not len(windows.ends):
        return None
    sums = read.hours.windows(windows.ends[-1:], by.window // HOUR)
    ends = _at(int(windows.ends[-1]))
    figures = windows.panel.figures(len(windows.ends) - 1)[:_MOST_FIGURES]
    return Window(ends - by.window, ends, int(sums.rows[0]), int(sums.outcomes[0]), figures)


def _at(hour: int) -> datetime:
    return datetime.fromtimestamp(hour * 3600, UTC)
