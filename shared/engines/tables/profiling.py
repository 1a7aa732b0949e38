"""The reference: a profile of the training rows, over whose bins every later hour is counted."""

from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np

from shared.domain.profile import ColumnProfile, Numbers, Profile, categories, top_of
from shared.domain.spec import Spec, Task
from shared.domain.spec.data import ColumnType, Operator
from shared.domain.split import Side
from shared.engines.tables.columns import Array, array, column_path
from shared.engines.tables.sql import Tables, literal, quoted

_DECILES = np.arange(1, 10) / 10  # ten bins, as is usual for the population stability index
_CLOCK = {
    Operator.HOUR: "date_part('hour', timezone({zone}, {name}))",
    Operator.WEEKDAY: "isodow(timezone({zone}, {name})) - 1",
}


def reference(tables: Tables, spec: Spec, folder: Path, vocabulary: Mapping[str, Sequence[str]]) -> Profile:
    """The training rows' profile, from the arrays in the folder: codes and numbers, derived features, the target."""
    training = np.load(folder / "split.npy") == Side.TRAIN
    columns: dict[str, ColumnProfile] = {}
    for name, column in spec.data.columns.items():
        if column.type is ColumnType.CATEGORY:
            columns[name] = _coded(np.load(column_path(folder, name))[training], vocabulary[name])
        elif column.type in (ColumnType.INTEGER, ColumnType.NUMBER):
            columns[name] = numbers(np.load(column_path(folder, name))[training])
    for name, derived in spec.data.derive.items():
        for operator, source in derived.items():
            columns[name] = _coded(array(tables, _clock(spec, operator, source))[training], _DIGITS)
    outcomes = np.load(folder / "target.npy")[training]
    classes = vocabulary.get(spec.data.target.column, ("0", "1"))
    target = numbers(outcomes) if spec.task is Task.REGRESSION else _coded(outcomes.astype(np.int32), classes)
    return Profile(int(training.sum()), columns, target)


_DIGITS = tuple(map(str, range(24)))


def numbers(values: Array) -> Numbers:
    """Counts between the deciles of these values themselves, NaN apart; equal deciles are one edge."""
    present = values[~np.isnan(values)]
    edges = np.unique(np.quantile(present, _DECILES, method="inverted_cdf")) if len(present) else present
    counts = np.bincount(np.searchsorted(edges, present, side="right"), minlength=len(edges) + 1)
    return Numbers(tuple(edges.tolist()), tuple(counts.tolist()), len(values) - len(present))


def _coded(codes: Array, words: Sequence[str]) -> ColumnProfile:
    present = codes[codes >= 0]
    found, counts = np.unique(present, return_counts=True)
    by_word = {words[code]: count for code, count in zip(found.tolist(), counts.tolist(), strict=True)}
    return categories(by_word, top_of(by_word), missing=len(codes) - len(present))


def _clock(spec: Spec, operator: Operator, source: str) -> str:
    zone = spec.data.time.zone if spec.data.time else "UTC"
    return f"coalesce(({_CLOCK[operator].format(zone=literal(zone), name=quoted(source))})::TINYINT, -1)"
