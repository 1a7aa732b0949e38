"""The bootstrap of a table of counts, vectorised and paired.

Drawing n rows with replacement and counting them by cell is one multinomial draw over the cells, so that a round costs
the number of distinct cells, not of rows. Percentile interval: B. Efron, R. J. Tibshirani, An Introduction to the
Bootstrap, 1993, ch. 13.
"""

from collections.abc import Callable

import numpy as np

from shared.statistics.answers import Codes, Floats
from shared.statistics.estimate import Estimate

Statistic = Callable[[Floats], Floats]
"""Tables (…, size) → values (…)."""

OUTSIDE = -1
"""The cell of a row that does not count."""

_IN_EACH_TAIL = 25
"""Rounds beyond each end of an interval: 1,000 rounds at 95 %, more for the surer ones of many slices."""

_NUMBERS_AT_ONCE = 2_000_000


def estimate(
    statistic: Statistic, cells: Codes, size: int, generator: np.random.Generator, confidence: float
) -> Estimate:
    """A statistic of the table that rows (n,) fill by their cells, with its percentile interval."""
    return _percentiles(lambda tables: statistic(tables[0]), cells[:, None], size, generator, confidence)


def difference(
    statistic: Statistic, left: Codes, right: Codes, size: int, generator: np.random.Generator, confidence: float
) -> Estimate:
    """Left minus right, the same rows (n,) drawn for both."""
    views = np.stack((left, right), axis=1)
    return _percentiles(lambda tables: statistic(tables[0]) - statistic(tables[1]), views, size, generator, confidence)


def _percentiles(
    contrast: Callable[[Floats], Floats], views: Codes, size: int, generator: np.random.Generator, confidence: float
) -> Estimate:
    """Views (n, v) of the rows; the contrast takes tables (v, rounds, size)."""
    into, counts = _distinct(views, size)
    value = float(contrast(counts[None, :] @ into)[0])
    rounds = round(2 * _IN_EACH_TAIL / (1 - confidence))
    block = max(1, _NUMBERS_AT_ONCE // len(counts))
    sizes = (min(block, rounds - done) for done in range(0, rounds, block))
    rows = int(counts.sum())
    drawn = np.concatenate([contrast(generator.multinomial(rows, counts / rows, each) @ into) for each in sizes])
    low, high = np.quantile(drawn, ((1 - confidence) / 2, (1 + confidence) / 2))
    return Estimate(value, float(low), float(high))


def _distinct(views: Codes, size: int) -> tuple[Floats, Codes]:
    """For each distinct pair of cells: where each view counts it (v, distinct, size), and how many rows have it."""
    base = size + 1
    keys, counts = np.unique((views - OUTSIDE) @ base ** np.arange(views.shape[1]), return_counts=True)
    cells = keys[:, None] // base ** np.arange(views.shape[1]) % base + OUTSIDE
    return np.eye(base)[cells.T, :size], counts
