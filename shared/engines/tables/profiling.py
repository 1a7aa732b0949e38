"""The reference: a profile of the training rows, over whose bins every later hour is counted."""

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import numpy as np

from shared.domain.profile import PREDICTION, PROBABILITIES, ColumnProfile, Numbers, Profile, categories, empty
from shared.domain.signature import NO_TIME
from shared.domain.spec import Spec, Task
from shared.domain.spec.data import ColumnType, Operator
from shared.domain.split import Side
from shared.engines.tables.columns import Array, array, column_path
from shared.engines.tables.sql import Tables, literal, quoted

_DECILES = np.arange(1, 10) / 10  # ten bins, as is usual for the population stability index
_PERCENTILES = np.arange(101) / 100
_CLOCK = {
    Operator.HOUR: "date_part('hour', timezone({zone}, {name}))",
    Operator.WEEKDAY: "isodow(timezone({zone}, {name})) - 1",
}


def reference(tables: Tables, spec: Spec, folder: Path, vocabulary: Mapping[str, Sequence[str]]) -> Profile:
    """The training rows' profile, from the arrays in the folder: codes and numbers, derived features, the target.

    Left out are texts, the time column (it moves by its nature), private columns (they are not captured as they came)
    and a column that has the prediction's name.
    """
    training = np.load(folder / "split.npy") == Side.TRAIN
    columns: dict[str, ColumnProfile] = {}
    for name, column in spec.data.columns.items():
        if _is_watched(spec, name):
            words = vocabulary.get(name, ())
            columns[name] = _COUNTED[column.type](np.load(column_path(folder, name))[training], words)
    for name, derived in spec.data.derive.items():
        for operator, source in derived.items():
            columns[name] = coded(array(tables, _clock(spec, operator, source))[training], _DIGITS)
    outcomes = np.load(folder / "target.npy")[training]
    classes = vocabulary.get(spec.data.target.column, ("0", "1"))
    target = numbers(outcomes) if spec.task is Task.REGRESSION else coded(outcomes.astype(np.int32), classes)
    return Profile(int(training.sum()), columns, target, _PROBABILITY if spec.task is Task.BINARY else empty(target))


def _is_watched(spec: Spec, name: str) -> bool:
    column = spec.data.columns[name]
    time = spec.data.time.column if spec.data.time else ""
    return column.type in _COUNTED and column.private is None and name not in (time, PREDICTION)


_DIGITS = tuple(map(str, range(24)))
_PROBABILITY = Numbers(PROBABILITIES, (0,) * (len(PROBABILITIES) + 1))


def numbers(values: Array) -> Numbers:
    """Counts between the deciles of these values themselves, NaN apart; equal deciles are one edge."""
    present = np.sort(values[~np.isnan(values)])
    edges, knots = _quantiles(present, _DECILES), _quantiles(present, _PERCENTILES)
    counts = np.bincount(np.searchsorted(edges, present, side="right"), minlength=len(edges) + 1)
    below = np.searchsorted(present, knots)
    missing = len(values) - len(present)
    return Numbers(tuple(edges.tolist()), tuple(counts.tolist()), missing, tuple(knots.tolist()), tuple(below.tolist()))


def _quantiles(present: Array, shares: Array) -> Array:
    """Values that are there, each once; none of nothing."""
    return np.unique(np.quantile(present, shares, method="inverted_cdf")) if len(present) else present


def instants(seconds: Array) -> Numbers:
    """Counts of epoch seconds between their deciles."""
    return numbers(np.where(seconds == NO_TIME, np.nan, seconds))


def coded(codes: Array, words: Sequence[str]) -> ColumnProfile:
    """Counts of the words that these codes stand for; below 0 is missing."""
    present = codes[codes >= 0]
    found, counts = np.unique(present, return_counts=True)
    by_word = {words[code]: count for code, count in zip(found.tolist(), counts.tolist(), strict=True)}
    return categories(by_word, len(codes) - len(present))


def _clock(spec: Spec, operator: Operator, source: str) -> str:
    zone = spec.data.time.zone if spec.data.time else "UTC"
    return f"coalesce(({_CLOCK[operator].format(zone=literal(zone), name=quoted(source))})::TINYINT, -1)"


_COUNTED: Mapping[ColumnType, Callable[[Array, Sequence[str]], ColumnProfile]] = {
    ColumnType.CATEGORY: coded,
    ColumnType.INTEGER: lambda values, _: numbers(values),
    ColumnType.NUMBER: lambda values, _: numbers(values),
    ColumnType.TIMESTAMP: lambda values, _: instants(values),
}
