"""Due: which windows have become complete since the check before."""

from dataclasses import dataclass
from datetime import datetime, timedelta

import numpy as np
from numpy.typing import NDArray

from shared.domain.check import Check
from shared.domain.hour import HOUR, Watermark
from shared.domain.spec import Spec
from shared.engines import monitoring
from shared.engines.monitoring import Budget
from shared.lifecycle.monitor.reading import Read

MOST_WINDOWS = 1000
"""Windows of a kind that one check looks at; the next check goes on from there."""

_DISORDER = timedelta(days=1)
"""What comes later is counted in its hour, but no window waits for it."""

Ends = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Look:
    """By which spec, after which check, and how far may be read."""

    spec: Spec
    before: Check
    mark: Watermark

    @property
    def window(self) -> timedelta:
        """How long a window is."""
        return self.spec.monitor.window

    @property
    def complete(self) -> datetime | None:
        """Up to when everything has come: the newest event, less the disorder that rows have shown so far.

        A caller who is days behind, or a wrong clock, holds windows up for no longer than a window or a day.
        """
        return self.mark.events and self.mark.events - min(self.mark.disorder, self.window, _DISORDER)

    @property
    def told(self) -> datetime | None:
        """Up to when outcomes can be read: the newest that came, of what is complete."""
        return self.mark.outcomes and self.complete and min(self.mark.outcomes, self.complete)

    def budget(self) -> Budget:
        """Half of the bearable alarms, for each kind of finding."""
        monitor = self.spec.monitor
        alarms = monitor.false_alarms
        return Budget(alarms.count / 2, alarms.length / HOUR, int(monitor.window / HOUR), int(monitor.every / HOUR))


def drift_due(by: Look, read: Read) -> Ends:
    """The ends (hours since 1970) of windows whose rows have come, oldest first."""
    return _between(by, read, by.before.drift_until, by.complete)


def drop_due(by: Look, read: Read) -> Ends:
    """The ends (hours since 1970) of windows whose outcomes have come as well, oldest first."""
    return _told_of(by, read, _between(by, read, by.before.drop_until, by.told))


def _between(by: Look, read: Read, last: datetime | None, until: datetime | None) -> Ends:
    """The ends of windows after the last one that was looked at, as far as everything in them has come.

    A version's first window is a whole one: half a week beside whole weeks would look like drift.
    """
    if until is None or not len(read.hours.sums.rows):
        return np.zeros(0, np.int64)
    every, length = by.spec.monitor.every // HOUR, by.window // HOUR
    next_one = _hour(last) + every if last else read.hours.begin + length
    begin = max(next_one, read.since + length)
    return np.arange(-(-begin // every) * every, _hour(until) + 1, every)[:MOST_WINDOWS]


def _told_of(by: Look, read: Read, ends: Ends) -> Ends:
    """Those of these windows of which outcomes have come, up to the first that still waits for some.

    Outcomes come in no order: those of a day later must have come as well (`monitor.outcomes`, if that is shorter). And
    either the time is over in which they are to come, or there are as many as in the reference's own windows.
    """
    if not len(ends) or by.mark.outcomes is None or by.mark.events is None:
        return ends[:0]
    outcomes = by.spec.monitor.outcomes
    ordered = ends <= _hour(by.mark.outcomes - min(outcomes, _DISORDER))
    windows = read.hours.windows(ends, by.window // HOUR)
    usual = monitoring.replayed(read.reference.hours, by.window // HOUR).windows
    least = float((usual.outcomes / usual.rows).min(initial=1))
    whole = (ends <= _hour(by.mark.events - outcomes)) | (windows.outcomes >= least * windows.rows)
    waiting = np.flatnonzero(~(ordered & whole))
    return ends[: waiting[0]] if len(waiting) else ends


def _hour(at: datetime) -> int:
    return int(at.timestamp() // 3600)
