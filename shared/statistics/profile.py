"""Profiles as vectors: the bins of a reference laid end to end, so that hours sum to windows by plain addition.

A column lies as its bins (numbers between edges; or the top values, then 256 hashed cells), then missing, then, for
categories, unseen. Unseen values are in their cells as well: unseen is a share of its own, never a bin. The
version's own answers come last under the name `prediction`. The vector's length depends on the reference alone.

    counted(reference, {"carrier": ["AA", "ZZ", None], "distance": [2475.0, nan, 187.0]})  →  (size,) uint32
"""

from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from shared.domain.profile import CELLS, PREDICTION, Categories, ColumnProfile, Numbers, Profile, cell_of

Counts = NDArray[np.uint32]
Places = NDArray[np.uint16]
Values = Sequence[Any] | NDArray[Any]
"""A column's cells: numbers with NaN where missing, or words with None or "" where missing."""

UNSEEN, ABSENT = np.uint16(0x8000), np.uint16(0x7FFF)
"""In a place: the value was never among the reference's; and: there is no such column here, nothing is counted."""

_cell = lru_cache(maxsize=1 << 16)(cell_of)


class Span(NamedTuple):
    """Where a column lies in the vector: bins [start, missing), missing, and unseen (= missing for numbers)."""

    start: int
    missing: int
    unseen: int


def spans(reference: Profile) -> Mapping[str, Span]:
    """Where each column lies, the prediction last."""
    return dict(_spans(reference))


def size(reference: Profile) -> int:
    """The length of every vector over this reference."""
    return max(span.unseen for span in spans(reference).values()) + 1


def counted(reference: Profile, columns: Mapping[str, Values]) -> Counts:
    """What these rows add up to (size,); a column that is not given is not counted."""
    places = placed(reference, columns)
    sums: Counts = summed(reference, places, np.zeros(len(places), np.int64), 1)[0]
    return sums


def placed(reference: Profile, columns: Mapping[str, Values]) -> Places:
    """The bin of each row in each column (n, columns), in the reference's order: what fold keeps instead of values."""
    rows = max((len(values) for values in columns.values()), default=0)
    places = np.full((rows, len(reference.columns) + 1), ABSENT, np.uint16)
    for place, (name, column) in enumerate(_columns(reference)):
        if name in columns:
            places[:, place] = _places(column, columns[name])
    return places


def summed(reference: Profile, places: Places, groups: NDArray[np.int64], count: int) -> Counts:
    """The vectors of so many groups of rows (count, size); `groups` (n,) says which group a row is in."""
    sums: Counts = np.zeros((count, size(reference)), np.uint32)
    for place, span in enumerate(spans(reference).values()):
        bins, width = places[:, place] & ~UNSEEN, span.missing - span.start + 1
        there = bins != ABSENT
        sums[:, span.start : span.missing + 1] = _histogram(groups[there], bins[there], count, width)
        if span.unseen > span.missing:
            new = there & (places[:, place] >= UNSEEN)
            sums[:, span.unseen] = np.bincount(groups[new], minlength=count)
    return sums


def columns(reference: Profile, vector: NDArray[Any]) -> Mapping[str, NDArray[Any]]:
    """Each column's counts (…, bins + 1), missing last, of one vector or of many (…, size)."""
    return {name: vector[..., span.start : span.missing + 1] for name, span in spans(reference).items()}


def unseen(reference: Profile, vector: NDArray[Any]) -> Mapping[str, NDArray[Any]]:
    """How many values of each category column (…) the reference's rows never held."""
    categories = {name: span for name, span in spans(reference).items() if span.unseen > span.missing}
    return {name: vector[..., span.unseen] for name, span in categories.items()}


def expected(reference: Profile) -> Counts:
    """The reference's own rows as a vector (size,); of predictions it has none."""
    vector = np.zeros(size(reference), np.uint32)
    for (_, column), span in zip(_columns(reference), spans(reference).values(), strict=True):
        cells = column.cells if isinstance(column, Categories) else ()
        vector[span.start : span.missing + 1] = (*column.counts, *cells, column.missing)
    return vector


def _columns(reference: Profile) -> Iterator[tuple[str, ColumnProfile]]:
    yield from reference.columns.items()
    yield PREDICTION, reference.prediction


def _spans(reference: Profile) -> Iterator[tuple[str, Span]]:
    start = 0
    for name, column in _columns(reference):
        coded = isinstance(column, Categories)
        missing = start + len(column.counts) + CELLS * coded
        yield name, Span(start, missing, missing + coded)
        start = missing + coded + 1


def _histogram(groups: NDArray[np.int64], bins: Places, count: int, width: int) -> NDArray[np.int64]:
    return np.bincount(groups * width + bins, minlength=count * width).reshape(count, width)


def _places(column: ColumnProfile, values: Values) -> Places:
    if isinstance(column, Numbers):
        return _among(column, np.asarray(values, np.float64))
    words = values.tolist() if isinstance(values, np.ndarray) else values
    known = _Words(column)
    return np.fromiter((known[word] for word in words), np.uint16, len(words))


def _among(column: Numbers, values: NDArray[np.float64]) -> Places:
    bins = np.searchsorted(np.asarray(column.edges, np.float64), values, side="right")
    bins[np.isnan(values)] = len(column.counts)
    return bins.astype(np.uint16)


class _Words(dict[str | None, int]):
    """The place of each word of a column, found out when it is first met."""

    def __init__(self, column: Categories) -> None:
        super().__init__((word, place) for place, word in enumerate(column.top))
        self._cells = len(column.top)
        self[None] = self[""] = self._cells + CELLS
        self._others, self._counts = frozenset(column.others), column.cells

    def __missing__(self, word: str) -> int:
        cell = _cell(word)
        known = word in self._others if self._others else self._counts[cell] > 0
        self[word] = place = self._cells + cell + (0 if known else int(UNSEEN))
        return place
