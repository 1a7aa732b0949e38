"""Drift: how far the columns and the answers of a window have moved away from the reference."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from shared.domain.profile import Numbers
from shared.engines.monitoring.hours import Hours, Sums
from shared.engines.monitoring.panel import Band, Panel, joined
from shared.engines.monitoring.reference import Reference
from shared.engines.monitoring.replay import Budget, phases, replayed
from shared.statistics import profile as vectors
from shared.statistics.chi_squared import chi_squared
from shared.statistics.jensen_shannon import jensen_shannon
from shared.statistics.kolmogorov_smirnov import kolmogorov_smirnov
from shared.statistics.psi import psi
from shared.statistics.shares import share, shares

Floats = NDArray[np.float64]
FEWEST_ROWS = 200
"""A window with fewer rows shows chance."""

TAILS = 3
"""Ways in which a column can alarm: its shape (whose statistics go together), missing values, unseen values."""

_MISSING = 0.05
"""Shares of missing or unseen values that matter, beyond what is usual."""


@dataclass(frozen=True, slots=True)
class Shape:
    """A statistic of two counts, how much of it beyond the usual matters, and its power that is about normal.

    All `matters` say the same: a PSI of 0.1, which is read as moved. For small changes PSI = 8 ln 2 · JS² = 4 V², and
    between two normal distributions it is the squared shift, which makes a KS of 0.125.
    """

    measure: Callable[[Floats, Floats], Floats]
    matters: float
    power: float = 1.0


def _cramers_v(expected: Floats, actual: Floats) -> Floats:
    """Of a table with as many rows on both sides, so that the size of the reference does not count."""
    return chi_squared(shares(expected) * actual.sum(axis=-1, keepdims=True), actual).cramers_v


def _of_numbers(expected: Floats, actual: Floats) -> Floats:
    return kolmogorov_smirnov(expected[..., :-1], actual[..., :-1])


_SHAPES: Mapping[str, Shape] = {
    "psi": Shape(psi, 0.1, 0.5),
    "jensen_shannon": Shape(jensen_shannon, 0.134),
    "cramers_v": Shape(_cramers_v, 0.158),
}
_ORDERED: Mapping[str, Shape] = {**_SHAPES, "ks": Shape(_of_numbers, 0.125)}


class Norm(NamedTuple):
    """The mean of a statistic over the reference's windows; mean and deviation of its power that is about normal."""

    usual: float
    center: float
    spread: float


class Norms(NamedTuple):
    """The reference's counts by column, and each statistic's norm; so many pieces of it share no rows."""

    expected: Mapping[str, Floats]
    found: Mapping[tuple[str, str], Norm]
    pieces: float


def drift(reference: Reference, hours: Hours, ends: NDArray[np.int64], budget: Budget) -> Panel:
    """The figures of windows of `budget.length` hours that end there (n,): of the features and the prediction.

    Windows are compared with those of their season, thinned to about their rows; one with fewer than `FEWEST_ROWS`
    has no figures.
    """
    windows = hours.windows(ends, budget.length)
    phase = phases(reference.hours, ends, budget.length)
    parts: list[tuple[NDArray[np.int64], Panel]] = []
    for one in np.unique(phase).tolist():
        halvings = _halvings(replayed(reference.hours, budget.length, one).rows, windows.rows)
        for size in np.unique(halvings[phase == one]).tolist():
            places = np.flatnonzero((phase == one) & (halvings == size))
            norms = _norms(reference, budget.length, one, size)
            bands = _bands(reference, norms, budget, windows.take(places))
            parts.append((places, Panel(bands, windows.rows[places])))
    return joined(parts, len(ends))


def _halvings(usual: float, rows: Floats) -> NDArray[np.int64]:
    """How many times the usual window has to be halved to be no larger than these; half a step is forgiven."""
    with np.errstate(divide="ignore"):
        steps = np.ceil(np.log2(max(usual, 1) / np.maximum(rows, 1)) - 0.5)
    return np.clip(steps, 0, 12).astype(np.int64)


@lru_cache(maxsize=512)
def _norms(reference: Reference, length: int, phase: int, halvings: int) -> Norms:
    """What every statistic shows in the reference's own windows, which never change."""
    replay = replayed(reference.hours, length, phase).thinned(halvings)
    expected, seen = (vectors.columns(reference.bins, counts) for counts in (replay.expected, replay.windows.counts))
    unseen = vectors.unseen(reference.bins, replay.windows.counts)
    found: dict[tuple[str, str], Norm] = {}
    for name in reference.watched:
        rows = seen[name].sum(axis=-1)
        for statistic, shape in _shapes(reference, name).items():
            found[name, statistic] = _norm(shape.measure(expected[name], seen[name])[rows > 0], shape.power)
        found[name, "missing"] = _norm(share(seen[name][..., -1], rows)[rows > 0])
        if name in unseen:
            found[name, "unseen"] = _norm(share(unseen[name], rows)[rows > 0])
    return Norms(expected, found, replay.pieces)


def _norm(seen: Floats, power: float = 1.0) -> Norm:
    if not len(seen):
        return Norm(0.0, 0.0, 0.0)
    return Norm(float(seen.mean()), float((seen**power).mean()), float((seen**power).std(ddof=min(1, len(seen) - 1))))


def _bands(reference: Reference, norms: Norms, budget: Budget, windows: Sums) -> list[Band]:
    reach = budget.reach(TAILS * len(reference.watched), norms.pieces)
    counts, unseen = (read(reference.bins, windows.counts) for read in (vectors.columns, vectors.unseen))
    bands: list[Band] = []
    for name in reference.watched:
        actual = counts[name]
        rows = actual.sum(axis=-1)
        for statistic, shape in _shapes(reference, name).items():
            moved = np.where(norms.expected[name].sum() > 0, shape.measure(norms.expected[name], actual), np.nan)
            bands.append(_shape(name, statistic, shape, norms.found[name, statistic], moved, reach))
        bands.append(_share(name, "missing", norms.found[name, "missing"], share(actual[..., -1], rows), rows, reach))
        if name in unseen:
            new = share(unseen[name], rows)
            bands.append(_share(name, "unseen", norms.found[name, "unseen"], new, rows, reach))
    return [band.where(counts[band.subject].sum(axis=-1) >= FEWEST_ROWS) for band in bands]


def _shapes(reference: Reference, name: str) -> Mapping[str, Shape]:
    return _ORDERED if isinstance(reference.columns[name], Numbers) else _SHAPES


def _shape(name: str, statistic: str, shape: Shape, norm: Norm, value: Floats, reach: float) -> Band:
    """The threshold is as far as chance reaches, and matters."""
    threshold = max((norm.center + reach * norm.spread) ** (1 / shape.power), norm.usual + shape.matters)
    return Band(name, statistic, value, np.full_like(value, threshold), np.full_like(value, norm.usual), value, value)


def _share(name: str, statistic: str, norm: Norm, value: Floats, rows: Floats, reach: float) -> Band:
    """What windows vary by, and the sampling error of a share of so many rows."""
    error = np.sqrt(norm.spread**2 + norm.usual * (1 - norm.usual) / np.maximum(rows, 1))
    threshold = norm.usual + np.maximum(_MISSING, reach * error)
    return Band(name, statistic, value, threshold, np.full_like(value, norm.usual), value, value)
