"""The training matrix: what the feature graph computes, in numpy, bit for bit (float32 before fit)."""

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from shared.domain.signature import NO_TIME
from shared.domain.spec.data import Operator
from shared.engines.learning.features import Bound, Calendar, Coded, Encoding, Features, Quantity, Words
from shared.engines.learning.table import Table
from shared.engines.learning.zone import shifts

EPOCH = 110_000 * 7 * 86400 + 3 * 86400
"""Seconds from a Monday midnight long before year 1 to 1970: counted from it, no instant is negative."""

SECONDS = {Operator.HOUR: (3600, 24), Operator.WEEKDAY: (86400, 7)}
"""The length of an hour or a day, and after how many they begin again."""


def matrix(table: Table, features: Features) -> NDArray[np.float64] | sparse.csr_array:
    """(n, width): float32 values, held as doubles so that solvers sum precisely; sparse for one-hot."""
    narrow = compact(table, features)
    return _spread(narrow, features) if features.encoding is Encoding.ONE_HOT else narrow.astype(np.float64)


def compact(table: Table, features: Features) -> NDArray[np.float32]:
    """(n, features): a column a feature, codes not yet spread."""
    coded = [_codes(feature, features, table) for feature in features.coded]
    numbers = [_numbers(quantity, table) for quantity in features.quantities]
    flags = [np.isnan(table.columns[quantity.column]).astype(np.float32) for quantity in features.flags]
    return np.column_stack([*coded, *numbers, *flags])


def bounded(cells: NDArray[np.float32], low: Bound | None, high: Bound | None) -> NDArray[np.float32]:
    """What lies beyond a bound is replaced; NaN lies beyond nothing."""
    if low is not None:
        cells = np.where(cells < low.limit, low.put, cells)
    if high is not None:
        cells = np.where(cells > high.limit, high.put, cells)
    return cells


def filled(cells: NDArray[np.float32], fill: float) -> NDArray[np.float32]:
    """NaN is replaced (by NaN: left open)."""
    return np.where(np.isnan(cells), fill, cells)


def _numbers(quantity: Quantity, table: Table) -> NDArray[np.float32]:
    cells = table.columns[quantity.column].astype(np.float32)
    return (filled(bounded(cells, quantity.low, quantity.high), quantity.fill) - quantity.centre) / quantity.scale


def _codes(feature: Coded, features: Features, table: Table) -> NDArray[np.float32]:
    if isinstance(feature, Words):
        places = _places(feature, features, table.vocabulary[feature.column])
        return places.take(table.columns[feature.column])
    return _moments(feature, features, table.columns[feature.column])


def _places(feature: Words, features: Features, vocabulary: tuple[str, ...]) -> NDArray[np.float32]:
    """The dataset's code → the model's; the last entry is met by -1, which is missing."""
    known = {word: place for place, word in enumerate(feature.values)}
    places = [*(known.get(word, feature.unseen) for word in vocabulary), feature.missing]
    return np.array([features.code(feature, place) for place in places], np.float32)


def _moments(feature: Calendar, features: Features, instants: NDArray[np.int64]) -> NDArray[np.float32]:
    missing = instants == NO_TIME
    given = np.where(missing, 0, instants)
    zone = shifts(feature.zone)
    local = given + zone.offsets[np.searchsorted(zone.starts, given, side="right")] + EPOCH
    length, cycle = SECONDS[feature.operator]
    return np.where(missing, features.absent(feature), (local // length % cycle).astype(np.float32))


def _spread(narrow: NDArray[np.float32], features: Features) -> sparse.csr_array:
    """A code becomes a one in a column of its own; numbers and flags stay as they are."""
    rows, across = narrow.shape
    sizes = [feature.size + 1 for feature in features.coded] + [1] * (across - len(features.coded))
    places = np.tile(np.cumsum([0, *sizes[:-1]]), (rows, 1))
    values = narrow.astype(np.float64)
    coded = len(features.coded)
    places[:, :coded] += values[:, :coded].astype(np.int64)
    values[:, :coded] = 1
    return sparse.csr_array(
        (values.ravel(), places.ravel(), np.arange(0, rows * across + 1, across)), shape=(rows, features.width)
    )
