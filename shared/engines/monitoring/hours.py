"""Hours of event time as arrays, and the windows that they sum to."""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from shared.domain.hour import Hour

Floats = NDArray[np.float64]
Codes = NDArray[np.int64]
HOUR_S = 3600
_FEW = 8


@dataclass(frozen=True, slots=True, eq=False)
class Sums:
    """What n windows or hours hold: rows (n,), outcomes (n,), counts (n, bins) and answers (n, length)."""

    rows: Floats
    outcomes: Floats
    counts: Floats
    answers: Floats

    def take(self, places: NDArray[np.int64] | NDArray[np.bool_] | slice) -> "Sums":
        """Some of them."""
        return Sums(self.rows[places], self.outcomes[places], self.counts[places], self.answers[places])


@dataclass(frozen=True, slots=True, eq=False)
class Hours:
    """Hours without a gap from `begin` on, which counts hours since 1970."""

    begin: int
    sums: Sums

    @property
    def end(self) -> int:
        """The hour after the last."""
        return self.begin + len(self.sums.rows)

    def windows(self, ends: Codes, length: int) -> Sums:
        """Sums over `[end - length, end)` for each end (n,), hours since 1970; outside of the hours there is nothing.

        Of many windows by running totals, so that the cost is one subtraction each, however long they are. Whole
        numbers are exact that way; answers are added up so that no sum depends on the windows beside it.
        """
        last = np.clip(ends - self.begin, 0, len(self.sums.rows))
        first = np.clip(ends - length - self.begin, 0, len(self.sums.rows))
        low, high = int(first.min(initial=0)), int(last.max(initial=0))

        def summed(hourly: Floats) -> Floats:
            if 0 < len(ends) <= _FEW:
                return np.stack([hourly[start:stop].sum(axis=0) for start, stop in zip(first, last, strict=True)])
            totals = np.zeros((high - low + 1, *hourly.shape[1:]))
            np.cumsum(hourly[low:high], axis=0, out=totals[1:])
            return np.asarray(totals[np.maximum(last - low, 0)] - totals[np.maximum(first - low, 0)])

        sums = self.sums
        answers = _steady(self.begin, sums.answers, ends, length)
        return Sums(summed(sums.rows), summed(sums.outcomes), summed(sums.counts), answers)


def _steady(begin: int, hourly: Floats, ends: Codes, length: int) -> Floats:
    """Sums of windows (n, width) of hours (m, width) from `begin` on, rounded alike whichever windows they stand among.

    Hours lie in blocks of a window's length, counted from 1970: a window is the end of one block and the beginning of
    the next, and both are running totals (M. van Herk, Pattern Recognition Letters 13, 1992).
    """
    if not len(ends):
        return np.zeros((0, hourly.shape[1]))
    low, high = (int(ends.min()) - length) // length * length, -(-int(ends.max()) // length) * length
    every = np.zeros((high - low, hourly.shape[1]))
    first, last = (min(max(at, low), high) for at in (begin, begin + len(hourly)))
    every[first - low : last - low] = hourly[first - begin : last - begin]
    blocks = every.reshape(-1, length, hourly.shape[1])
    heads, tails = blocks.cumsum(axis=1), blocks[:, ::-1].cumsum(axis=1)[:, ::-1]
    block, place = np.divmod(ends - 1 - low, length)
    before = np.where((place < length - 1)[:, None], tails[block - 1, (place + 1) % length], 0)
    return np.asarray(heads[block, place] + before)


def hour_of(seconds: float) -> int:
    """Hours since 1970 of an instant in seconds."""
    return int(seconds // HOUR_S)


def captured(hours: Iterable[Hour], begin: int, end: int, bins: int, length: int) -> Hours:
    """What fold kept of these hours of event time, slots added up; vectors of another length are of no use here."""
    span = max(end - begin, 0)
    sums = Sums(np.zeros(span), np.zeros(span), np.zeros((span, bins)), np.zeros((span, length)))
    for hour in hours:
        place = hour_of(hour.at.timestamp()) - begin
        if 0 <= place < span:
            sums.rows[place] += hour.rows
            sums.outcomes[place] += hour.outcomes
            sums.counts[place] += np.frombuffer(hour.counts, "<u4")
            sums.answers[place] += np.frombuffer(hour.answers, "<f8")
    return Hours(begin, sums)
