"""The signature of what was learned, and golden rows in the form that callers send."""

from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from math import isnan
from typing import Any

import numpy as np
from numpy.typing import NDArray

from shared.domain.artifact import Cell, Golden
from shared.domain.signature import NO_TIME, Input, Output, Signature
from shared.domain.spec import Spec, Task
from shared.domain.spec.data import Column, ColumnType
from shared.domain.spec.evaluate import Costs
from shared.engines.learning.features import Features, Words
from shared.engines.learning.fit import Model
from shared.engines.learning.table import Table, classes, sources
from shared.statistics.threshold import cheapest

_POLICIES = {
    ColumnType.CATEGORY: ("missing", "unseen"),
    ColumnType.INTEGER: ("missing", "outside"),
    ColumnType.NUMBER: ("missing", "outside"),
    ColumnType.TIMESTAMP: ("missing",),
}
"""The policies that mean something for a type."""


def signature(spec: Spec, table: Table, features: Features, out_of_fold: NDArray[np.float64]) -> Signature:
    """Every column of the spec, those that the artifact takes marked as features; the threshold is the cheapest one."""
    taken = sources(spec)
    words = {feature.column: feature.values for feature in features.coded if isinstance(feature, Words)}
    inputs = tuple(
        _taken(name, column, words.get(name, ()))
        if name in taken
        else Input(name, column.type, feature=False, private=column.private)
        for name, column in spec.data.columns.items()
    )
    threshold = _threshold(spec, table.target, out_of_fold) if spec.task is Task.BINARY else None
    return Signature(inputs, Output(spec.task, spec.data.target.column, classes(table, spec), threshold))


def golden(model: Model, few: Table, signed: Signature) -> tuple[Golden, ...]:
    """These rows as a caller would send them, each with the model's answer."""
    told = model.answers(few).reshape(len(few.target), -1)
    columns = {column.name: _cells(few, column) for column in signed.features}
    return tuple(
        Golden({name: cells[place] for name, cells in columns.items()}, tuple(told[place].tolist()))
        for place in range(len(few.target))
    )


def _taken(name: str, column: Column, seen: tuple[str, ...]) -> Input:
    """A column that the artifact takes; without a list in the spec, what training rows never held is unseen."""
    refuses = frozenset(policy for policy in _POLICIES[column.type] if getattr(column, policy) == "reject")
    values = (column.values or seen) if "unseen" in refuses else ()
    return Input(
        name,
        column.type,
        feature=True,
        refuses=refuses,
        values=values,
        min=column.min,
        max=column.max,
        private=column.private,
    )


def _threshold(spec: Spec, truth: NDArray[np.float64], out_of_fold: NDArray[np.float64]) -> float:
    asked = spec.evaluate.threshold
    if asked and asked.value is not None:
        return asked.value
    cost = (asked and asked.cost) or Costs()
    return cheapest(truth, out_of_fold, cost.false_positive, cost.false_negative)


def _cells(table: Table, column: Input) -> list[Cell]:
    stored = table.columns[column.name].tolist()
    if column.type is ColumnType.CATEGORY:
        return [table.vocabulary[column.name][code] if code >= 0 else None for code in stored]
    return [_SHOWN[column.type](cell) for cell in stored]


def _whole(cell: float) -> Cell:
    return None if isnan(cell) else int(cell)


def _real(cell: float) -> Cell:
    return None if isnan(cell) else cell


def _instant(cell: int) -> Cell:
    return None if cell == NO_TIME else datetime.fromtimestamp(cell, UTC).isoformat()


_SHOWN: Mapping[ColumnType, Callable[[Any], Cell]] = {
    ColumnType.INTEGER: _whole,
    ColumnType.NUMBER: _real,
    ColumnType.TIMESTAMP: _instant,
}
