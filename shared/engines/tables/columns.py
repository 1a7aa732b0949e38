"""One array a column, as training reads them: codes, float64, epoch seconds; a float or a code says what is missing."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from shared.domain.signature import NO_TIME
from shared.domain.spec import Spec, Task
from shared.domain.spec.data import ColumnType
from shared.engines.tables.sql import Tables, literal, quoted

Array = NDArray[Any]

_ARRAYS: Mapping[ColumnType, str] = {
    ColumnType.CATEGORY: "coalesce(enum_code({name}::{enum})::INTEGER, -1)",
    ColumnType.INTEGER: "coalesce({name}::DOUBLE, 'nan'::DOUBLE)",
    ColumnType.NUMBER: "coalesce({name}, 'nan'::DOUBLE)",
    ColumnType.TIMESTAMP: f"coalesce(epoch_us(date_trunc('second', {{name}})) // 1000000, {NO_TIME})",
}


def enum_of(column: str) -> str:
    """The name of the enum that holds a column's vocabulary."""
    return quoted(f"words of {column}")


def define_vocabulary(tables: Tables, spec: Spec, known: Mapping[str, tuple[str, ...]]) -> dict[str, tuple[str, ...]]:
    """Each category's values as an enum: known ones keep their codes, new ones follow in sorted order."""
    vocabulary = {}
    for column in _categories(spec):
        new = tables.execute(
            f"SELECT DISTINCT {quoted(column)} AS v FROM rows WHERE v IS NOT NULL ORDER BY v"
        ).fetchall()
        words = tuple(dict.fromkeys((*known.get(column, ()), *(value for (value,) in new))))
        listed = ", ".join(map(literal, words or ("",)))  # an enum of nothing is no type
        tables.execute(f"CREATE TYPE {enum_of(column)} AS ENUM ({listed})")
        vocabulary[column] = words
    return vocabulary


def _categories(spec: Spec) -> tuple[str, ...]:
    given = tuple(name for name, column in spec.data.columns.items() if column.type is ColumnType.CATEGORY)
    return (*given, spec.data.target.column) if spec.task is Task.MULTICLASS else given


def write_columns(tables: Tables, spec: Spec, folder: Path) -> None:
    """Write columns/<name>.npy for all but text, and time.npy where the spec has a time column."""
    (folder / "columns").mkdir(exist_ok=True)
    for name, column in spec.data.columns.items():
        if column.type in _ARRAYS:
            np.save(column_path(folder, name), array(tables, _array(name, column.type)), allow_pickle=False)
    if spec.data.time:
        instants = array(tables, _array(spec.data.time.column, ColumnType.TIMESTAMP))
        np.save(folder / "time.npy", instants, allow_pickle=False)


def column_path(folder: Path, name: str) -> Path:
    """Where a column's array is."""
    return folder / "columns" / f"{name}.npy"


def array(tables: Tables, sql: str) -> Array:
    """An expression over `rows` as an array, in their order; it must never be NULL."""
    values: Array = tables.execute(f"SELECT {sql} AS v FROM rows").fetchnumpy()["v"]
    return values


def _array(name: str, kind: ColumnType) -> str:
    return _ARRAYS[kind].format(name=quoted(name), enum=enum_of(name))
