"""PSI from summed profiles is the PSI of the rows, for every column of the flights.

The figure of the rows is worked out without any of our bins: numbers between numpy's deciles, a category value by
value. A column of 3,576 tail numbers has a PSI of 0.17 by chance alone (April's rows and the reference's, shuffled), so
that 0.1 and 0.2 say little of it, either way: monitor holds each column against what its own reference shows at that
size. The two figures agree nonetheless, since every value of the reference has a bin of its own; only planes that were
new share cells.
"""

import csv
from collections import Counter
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from samples.flights import data
from shared.domain.profile import ColumnProfile, Profile, categories
from shared.engines.tables.profiling import instants, numbers
from shared.statistics.profile import columns, expected, placed, summed
from shared.statistics.psi import psi

pytestmark = pytest.mark.slow

WORDS = ("carrier", "tailnum", "origin", "dest")
HOURS = 720
Column = NDArray[np.float64] | list[str | None]
Month = Mapping[str, Column]


def month(file: Path) -> Month:
    """The file's columns: words, epoch seconds, numbers; None and NaN where a cell is empty."""
    with file.open(newline="") as lines:
        rows = list(csv.DictReader(lines))
    return {name: column(name, [row[name] for row in rows]) for name in rows[0]}


def column(name: str, cells: list[str]) -> Column:
    if name in WORDS:
        return [cell or None for cell in cells]
    if name == "time_hour":
        return np.array([datetime.fromisoformat(cell).timestamp() for cell in cells])
    return np.array([float(cell or "nan") for cell in cells])


def profiled(name: str, cells: Column) -> ColumnProfile:
    if isinstance(cells, list):
        counts = Counter(cells)
        missing = counts.pop(None, 0)
        return categories({word: count for word, count in counts.items() if word}, missing)
    return instants(cells.astype(np.int64)) if name == "time_hour" else numbers(cells)


def of_rows(before: Column, after: Column) -> float:
    """The PSI as one would work it out from the rows."""
    if isinstance(before, list) or isinstance(after, list):
        was, now = Counter(before), Counter(after)
        values: list[Any] = list(was | now)
        return float(psi(*(np.array([counts[value] for value in values], float) for counts in (was, now))))
    inner = np.unique(np.nanquantile(before, np.arange(1, 10) / 10))
    edges = np.array([-np.inf, *inner, np.inf])
    return float(
        psi(*(np.append(np.histogram(cells, edges)[0], np.isnan(cells).sum()) * 1.0 for cells in (before, after)))
    )


def of_profiles(reference: Profile, after: Month) -> dict[str, float]:
    """The PSI from the sum of many hours' profiles."""
    places = placed(reference, after)
    hours = summed(reference, places, np.arange(len(places)) % HOURS, HOURS)
    was, now = (columns(reference, vector) for vector in (expected(reference), hours.sum(axis=0)))
    return {name: float(psi(was[name].astype(float), now[name].astype(float))) for name in reference.columns}


def test_profiles_and_rows_agree_in_every_column_and_month(tmp_path: Path) -> None:
    files = data.make(tmp_path)
    first, *later = (month(file) for file in files.values())
    reference = Profile(0, {name: profiled(name, cells) for name, cells in first.items()}, categories({}))
    assert len(reference.columns) == 19
    assert len(later) == 9
    for after in later:
        for name, figure in of_profiles(reference, after).items():
            rows = of_rows(first[name], after[name])
            assert abs(figure - rows) <= 0.02, (name, figure, rows)
            assert [figure >= limit for limit in (0.1, 0.2)] == [rows >= limit for limit in (0.1, 0.2)], (
                name,
                figure,
                rows,
            )
