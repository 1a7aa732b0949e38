"""Panel: the figures of many windows side by side, as arrays; only those that somebody reads become figures."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from shared.domain.finding import Figure

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class Band:
    """One figure of n windows: its values with their intervals, its thresholds, and what is usual, each (n,).

    A value is NaN where the window cannot carry it.
    """

    subject: str
    statistic: str
    value: Floats
    threshold: Floats
    usual: Floats
    low: Floats
    high: Floats

    def where(self, enough: NDArray[np.bool_]) -> "Band":
        """The same, without the values of windows (n,) that have too few rows."""
        value, low, high = (np.where(enough, each, np.nan) for each in (self.value, self.low, self.high))
        return replace(self, value=value, low=low, high=high)

    @property
    def score(self) -> Floats:
        """How far each is towards its threshold (n,), as `Figure.score`; 0 where there is no value."""
        with np.errstate(divide="ignore", invalid="ignore"):
            return np.nan_to_num((self.value - self.usual) / (self.threshold - self.usual), posinf=0.0, neginf=0.0)


@dataclass(frozen=True, slots=True, eq=False)
class Panel:
    """The figures of n windows, each with as many rows as `rows` (n,) says."""

    bands: Sequence[Band]
    rows: NDArray[np.float64]

    @property
    def score(self) -> Floats:
        """The furthest figure's score of each window (n,); 0 where there is none."""
        return np.max([band.score for band in self.bands], axis=0, initial=0.0) if self.bands else 0 * self.rows

    def figures(self, place: int) -> tuple[Figure, ...]:
        """The figures of one window, the furthest first."""
        found = [self._figure(band, place) for band in self.bands if not np.isnan(band.value[place])]
        return tuple(sorted(found, key=lambda figure: -figure.score))

    def _figure(self, band: Band, place: int) -> Figure:
        value, threshold, usual, low, high = (
            float(each[place]) for each in (band.value, band.threshold, band.usual, band.low, band.high)
        )
        return Figure(band.subject, band.statistic, value, threshold, usual, low, high, int(self.rows[place]))


def joined(parts: Sequence[tuple[NDArray[np.int64], Panel]], windows: int) -> Panel:
    """One panel of panels that each hold some of so many windows, all with the same figures."""
    rows = np.zeros(windows)
    for places, panel in parts:
        rows[places] = panel.rows
    return Panel([_joined(parts, number, windows) for number in range(len(parts[0][1].bands))] if parts else [], rows)


def _joined(parts: Sequence[tuple[NDArray[np.int64], Panel]], number: int, windows: int) -> Band:
    columns = np.full((5, windows), np.nan)
    for places, panel in parts:
        band = panel.bands[number]
        columns[:, places] = band.value, band.threshold, band.usual, band.low, band.high
    first = parts[0][1].bands[number]
    return Band(first.subject, first.statistic, *columns)
