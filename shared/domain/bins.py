"""Bins: what a profile kept of a column, counted over the bins of another one, and how far the two are apart.

In plain Python, so that the API carries no engine for it; many hours at once are counted in `statistics/profile.py`.
"""

from bisect import bisect
from collections.abc import Sequence
from itertools import accumulate, pairwise
from math import inf, log, nextafter

from shared.domain.profile import Categories, ColumnProfile, Numbers, cell_of

_EMPTY = 0.5
"""A bin that one side has no rows in counts as half a row there, so that no logarithm is infinite."""


def moved(was: ColumnProfile, now: ColumnProfile) -> float:
    """The PSI of a column between two data versions, over the older one's bins; raises TypeError as `over`."""
    return psi(over(was, was), over(was, now))


def psi(expected: Sequence[float], actual: Sequence[float]) -> float:
    """Sum over bins of (a - e) · ln(a / e), e and a the shares of both counts; 0 where a side has no rows.

    The same figure as `statistics/psi.py`, where its source is, to rounding. Counts are 0 or more, whole or not.
    """
    if not any(expected) or not any(actual):
        return 0.0
    before, after = max(sum(expected), 1), max(sum(actual), 1)
    shares = (
        (max(e, _EMPTY) / before, max(a, _EMPTY) / after) for e, a in zip(expected, actual, strict=True) if e or a
    )
    return sum((a - e) * log(a / e) for e, a in shares)


def over(reference: ColumnProfile, column: ColumnProfile) -> tuple[float, ...]:
    """A column's kept counts over the bins of another of its kind (bins + 1,), missing last; raises TypeError.

    Named values lie exactly. Numbers between two knots are taken for even: on flights a PSI comes out within 0.015
    (minutes, whose ties lie between knots), of 20,000 normal or log-normal ones within 1 %, but up to 16 % too small
    where a shift nearly empties a bin. Over its own bins every column is what it was.
    """
    if isinstance(reference, Numbers) and isinstance(column, Numbers):
        return _numbers_over(reference, column)
    if isinstance(reference, Categories) and isinstance(column, Categories):
        return _categories_over(reference, column)
    raise TypeError("numbers and categories have no bins in common")


def _numbers_over(reference: Numbers, column: Numbers) -> tuple[float, ...]:
    points, counts = _points(column)
    under = (0, *(_below(edge, points, counts) for edge in reference.edges), sum(column.counts))
    return (*(high - low for low, high in pairwise(under)), column.missing)


def _points(column: Numbers) -> tuple[Sequence[float], Sequence[int]]:
    """Ascending numbers, and how many of the column's are below each; all are below what comes after the largest."""
    if not column.knots:
        return column.edges, tuple(accumulate(column.counts[:-1]))
    return (*column.knots, nextafter(column.knots[-1], inf)), (*column.below, sum(column.counts))


def _below(value: float, points: Sequence[float], counts: Sequence[int]) -> float:
    """How many are below a value: between two points in proportion, outside of all as at the nearest."""
    place = bisect(points, value)
    if place in (0, len(points)):
        return counts[-1 if place else 0] if points else 0
    (low, high), (few, many) = points[place - 1 : place + 1], counts[place - 1 : place + 1]
    # The share first: it is at most 1, so that no rounding puts more below a value than below the next point.
    return few + (many - few) * ((value - low) / (high - low))


def _categories_over(reference: Categories, column: Categories) -> tuple[float, ...]:
    places = {word: place for place, word in enumerate(reference.top)}
    named, cells = [0] * len(places), list(column.cells)
    for word, count in zip(column.top, column.counts, strict=True):
        if word in places:
            named[places[word]] += count
        else:
            cells[cell_of(word)] += count
    return (*named, *cells, column.missing)
