"""Columns: every setting of a column makes sense for its type, and the target for its task."""

from collections.abc import Iterator, Mapping

from shared.domain.errors import Problem
from shared.domain.spec.data import NUMERIC, Column, ColumnType, Data, Target
from shared.domain.spec.parts import Fill, Value
from shared.domain.spec.problems import problem, repeated
from shared.domain.spec.task import Task

Place = tuple[object, ...]

_REFUSED = frozenset({"reject"})
_KEPT = _REFUSED | {"keep"}
_NUMBER = _KEPT | {"median", "mode", "value"}
_CATEGORY = _KEPT | {"mode", "value"}

FILLS: Mapping[str, Mapping[ColumnType, frozenset[str]]] = {
    "missing": {
        ColumnType.INTEGER: _NUMBER,
        ColumnType.NUMBER: _NUMBER,
        ColumnType.CATEGORY: _CATEGORY,
        ColumnType.TIMESTAMP: _KEPT,
        ColumnType.TEXT: _KEPT,
    },
    "unseen": {ColumnType.CATEGORY: _CATEGORY},
    "outside": {ColumnType.INTEGER: _NUMBER | {"clip"}, ColumnType.NUMBER: _NUMBER | {"clip"}},
}
"""What may happen to a value, by setting and type; `reject` alone where the setting has no meaning."""


def of_their_type(data: Data) -> Iterator[Problem]:
    """Every column's settings against its type."""
    for name, column in data.columns.items():
        where = ("data", "columns", name)
        for setting, fill in (("missing", column.missing), ("unseen", column.unseen), ("outside", column.outside)):
            yield from _fill(column, fill, (*where, setting), FILLS[setting].get(column.type, _REFUSED))
        yield from _bounds(column, where)
        yield from _values(column, where)


def learned(data: Data) -> Iterator[Problem]:
    """There is something to learn from."""
    if not data.features and not data.derive:
        expected, fix = "a number, integer or category with feature: true", "or derive one from a timestamp"
        yield problem(("data", "columns"), "no column is a feature", got="nothing", expected=expected, fix=fix)


def target(given: Target, task: Task) -> Iterator[Problem]:
    """`above` is for yes or no; a fixed outcome is one that the task can have."""
    where = ("data", "target")
    if given.above is not None and task is not Task.BINARY:
        fix = f"take above out, or write task: {Task.BINARY}"
        yield problem((*where, "above"), f"a limit on a {task} target", got=given.above, fix=fix)
    if isinstance(given.missing, Value) and not _outcome(given, task):
        expected = "0 or 1" if task is Task.BINARY and given.above is None else "a number"
        yield problem((*where, "missing", "value"), "no outcome", got=given.missing.value, expected=expected)


def _outcome(given: Target, task: Task) -> bool:
    value = given.missing.value if isinstance(given.missing, Value) else 0.0
    if task is Task.MULTICLASS:
        return value != ""
    return isinstance(value, float) and (task is Task.REGRESSION or given.above is not None or value in (0.0, 1.0))


def _fill(column: Column, fill: Fill, where: Place, allowed: frozenset[str]) -> Iterator[Problem]:
    word = "value" if isinstance(fill, Value) else fill
    # A column that nothing learns from is never filled: its rows are refused or kept as they are.
    words = allowed if column.feature else allowed & _KEPT
    if word not in words:
        kind = column.type if column.feature else "column that is not a feature"
        expected = " or ".join("{value: x}" if each == "value" else each for each in sorted(words))
        yield problem(
            where, f"of no use for a {kind}", got=_written(fill), expected=expected, fix=f"take {where[-1]} out"
        )
    elif isinstance(fill, Value) and (expected := _misfit(column, fill.value)):
        yield problem((*where, "value"), "a value that the column cannot hold", got=fill.value, expected=expected)
    elif where[-1] == "outside" and word != "reject" and column.min is None and column.max is None:
        yield problem(
            where, "nothing can be outside", got=_written(fill), expected="min or max beside it", fix="add one"
        )


def _misfit(column: Column, value: float | str) -> str:
    """What a fill should have been, or nothing when it fits."""
    if column.type is ColumnType.CATEGORY:
        fits = isinstance(value, str) and value != "" and (not column.values or value in column.values)
        return "" if fits else "one of values" if column.values else "a text"
    if not isinstance(value, float):
        return "a number"
    if column.type is ColumnType.INTEGER and not value.is_integer():
        return "an integer"
    low, high = column.min, column.max
    fits = (low is None or low <= value) and (high is None or value <= high)
    return "" if fits else "a number from min to max"


def _bounds(column: Column, where: Place) -> Iterator[Problem]:
    for name, bound in (("min", column.min), ("max", column.max)):
        if bound is not None and column.type not in NUMERIC:
            yield problem((*where, name), f"of no use for a {column.type}", got=bound, fix=f"take {name} out")
    if column.min is not None and column.max is not None and column.min > column.max:
        expected = f"min up to max, which is {column.max:g}"
        yield problem((*where, "min"), "no number is in between", got=column.min, expected=expected, fix="swap them")


def _values(column: Column, where: Place) -> Iterator[Problem]:
    if column.values and column.type is not ColumnType.CATEGORY:
        fix = "take values out, or write type: category"
        yield problem((*where, "values"), f"of no use for a {column.type}", got=list(column.values), fix=fix)
    yield from repeated(column.values, (*where, "values"))


def _written(fill: Fill) -> object:
    return {"value": fill.value} if isinstance(fill, Value) else fill
