"""Replay: the reference's own windows, of the size and season of those that are looked at, say what is usual."""

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from shared.engines.monitoring.hours import Hours, Sums
from shared.statistics import false_alarms

SEASON = 7 * 24
"""Hours of a week: the season that windows are compared within, unless they hold whole ones."""

_FEWEST_SEASONS = 4
_FEWEST_PIECES = 8
_MOST_WINDOWS = 1500


@dataclass(frozen=True, slots=True)
class Budget:
    """So many alarms are bearable in a period of so many hours; windows of `length` hours are looked at every `every`.

    Each kind of finding has its own: half of what the spec's `monitor.false_alarms` says.
    """

    alarms: float
    period: float
    length: int
    every: int

    def reach(self, tails: int, pieces: float) -> float:
        """Standard deviations from usual to alarm, where there are so many ways to alarm; see `false_alarms.reach`."""
        side_by_side = self.period / max(self.length, self.every)
        return false_alarms.reach(self.alarms, side_by_side, max(self.length / self.every, 1), tails, pieces)


@dataclass(frozen=True, slots=True, eq=False)
class Replayed:
    """The reference's windows, of which so many `pieces` share no rows, and all their rows together."""

    windows: Sums
    pieces: float
    expected: NDArray[np.float64]

    @property
    def rows(self) -> float:
        """The rows that a window usually has."""
        return float(np.median(self.windows.rows)) if len(self.windows.rows) else 0.0

    def thinned(self, halvings: int) -> "Replayed":
        """The same windows with rows dropped at random until one in 2^halvings is left: what smaller windows show."""
        if not halvings:
            return self
        kept = np.random.default_rng(halvings).binomial(self.windows.counts.astype(np.int64), 0.5**halvings)
        sums = self.windows
        return Replayed(
            Sums(sums.rows, sums.outcomes, kept.astype(np.float64), sums.answers), self.pieces, self.expected
        )


def phases(reference: Hours, ends: NDArray[np.int64], length: int) -> NDArray[np.int64]:
    """Which windows (n,) are compared with the same ones of the reference: by hour of the week, or all as one (-1).

    A window of whole weeks has no season; a reference of few weeks does not show one.
    """
    seasonal = length % SEASON and reference.end - reference.begin >= _FEWEST_SEASONS * SEASON
    return ends % SEASON if seasonal else np.full(len(ends), -1)


@lru_cache(maxsize=512)
def replayed(reference: Hours, length: int, phase: int = -1) -> Replayed:
    """The reference's windows of so many hours, those that end at this hour of the week (-1: all).

    A reference shorter than eight windows is cut into eight shorter ones: they vary more, so that thresholds err on
    the quiet side.
    """
    hours = reference.end - reference.begin
    piece = min(length, max(hours // _FEWEST_PIECES, 1)) if phase < 0 else length
    ends = np.arange(reference.begin + piece, reference.end + 1)
    ends = ends[:: max(len(ends) // _MOST_WINDOWS, 1)] if phase < 0 else ends[ends % SEASON == phase]
    windows = reference.windows(ends, piece)
    filled = windows.take(windows.rows > 0)
    whole = reference.sums.counts.sum(axis=0) if phase < 0 else filled.counts.sum(axis=0)
    return Replayed(filled, hours / piece if phase < 0 else len(filled.rows), whole)
