"""Training rows → features: vocabularies, fills and scales, by the policies of the spec."""

from math import nan
from typing import Any

import numpy as np
from numpy.typing import NDArray

from shared.domain.spec import Spec
from shared.domain.spec.data import Column, ColumnType
from shared.domain.spec.parts import Fill, Value
from shared.engines.learning.features import Bound, Calendar, Encoding, Features, Quantity, Words
from shared.engines.learning.matrix import bounded, filled
from shared.engines.learning.table import Table, sources

_DIRECT = {ColumnType.INTEGER, ColumnType.NUMBER}


def discover(table: Table, spec: Spec, encoding: Encoding) -> Features:
    """The features that these rows teach. Only they are looked at, so that what comes later can be unseen."""
    columns = {name: spec.data.columns[name] for name in sources(spec)}
    return Features(
        encoding,
        coded=tuple(
            _words(name, column, table) for name, column in columns.items() if column.type is ColumnType.CATEGORY
        )
        + _calendars(spec),
        quantities=tuple(
            _quantity(name, column, table.columns[name].astype(np.float32), encoding)
            for name, column in columns.items()
            if column.type in _DIRECT and column.feature
        ),
    )


def _calendars(spec: Spec) -> tuple[Calendar, ...]:
    zone = spec.data.time.zone if spec.data.time else "UTC"
    return tuple(
        Calendar(name, column, operator, zone)
        for name, operation in spec.data.derive.items()
        for operator, column in operation.items()
    )


def _words(name: str, column: Column, table: Table) -> Words:
    counts = np.bincount(table.columns[name] + 1, minlength=len(table.vocabulary[name]) + 1)[1:]
    seen = {word: int(count) for word, count in zip(table.vocabulary[name], counts, strict=True) if count}
    fixed = {str(fill.value) for fill in (column.missing, column.unseen) if isinstance(fill, Value)}
    values = tuple(sorted(seen.keys() | fixed))
    return Words(name, values, _place(column.missing, values, seen), _place(column.unseen, values, seen))


def _place(fill: Fill, values: tuple[str, ...], seen: dict[str, int]) -> int:
    """The code that a missing or unseen value gets: that of a fill, else absent."""
    if isinstance(fill, Value):
        return values.index(str(fill.value))
    if fill == "mode" and seen:
        return values.index(max(sorted(seen), key=seen.__getitem__))
    return len(values)


def _quantity(name: str, column: Column, cells: NDArray[np.float32], encoding: Encoding) -> Quantity:
    present = cells[~np.isnan(cells)]
    low, high = _bound(column.min, column, present), _bound(column.max, column, present)
    settled = bounded(present, low, high)
    open_gap = column.missing in ("keep", "reject")
    fill = nan if open_gap and encoding is Encoding.GAPS else _filling(column.missing, settled)
    flagged = column.missing == "keep" and encoding is not Encoding.GAPS
    if encoding is not Encoding.ONE_HOT:
        return Quantity(name, low, high, fill, flagged)
    centre, scale = _moments(filled(bounded(cells, low, high), fill))
    return Quantity(name, low, high, fill, flagged, centre, scale)


def _bound(limit: float | None, column: Column, present: NDArray[np.float32]) -> Bound | None:
    if limit is None or column.outside in ("keep", "reject"):
        return None
    at = float(np.float32(limit))
    return Bound(at, at if column.outside == "clip" else _filling(column.outside, present))


def _filling(fill: Fill, present: NDArray[np.float32]) -> float:
    """The number that a fill puts: its value, the most frequent one (the smallest of several), else the median."""
    if isinstance(fill, Value):
        return float(np.float32(fill.value))
    if not present.size:
        return 0.0
    return _mode(present) if fill == "mode" else float(np.median(present))


def _mode(present: NDArray[np.float32]) -> float:
    values, counts = np.unique(present, return_counts=True)
    return float(values[counts.argmax()])


def _moments(cells: NDArray[np.float32]) -> tuple[float, float]:
    """Mean and deviation, in double precision over the float32 values; a constant keeps its scale."""
    exact: NDArray[Any] = cells.astype(np.float64)
    deviation = float(np.float32(exact.std()))
    return float(np.float32(exact.mean())), deviation or 1.0
