"""Samples: the first rows of a data file, and whether a spec says what they are."""

import re
from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from pathlib import Path

from shared.domain.errors import RequestRefused
from shared.domain.sample import Sample, sample
from shared.domain.spec import Spec
from shared.domain.spec.data import Column, ColumnType
from shared.domain.spec.problems import clipped, meant
from treadle import files
from treadle.errors import Cell
from treadle.specs import misused

MOST = 20
"""So many bad cells are named one by one."""


def read(path: Path) -> Sample:
    """The file's first rows; raises Misused."""
    try:
        with files.lines(path) as lines:
            return sample(path.name, lines)
    except RequestRefused as refused:
        raise misused(refused, "name a .csv or .jsonl file, also .gz") from None


def strangers(spec: Spec, seen: Sample) -> Iterator[Cell]:
    """Columns that only the spec has or only the file."""
    data = spec.data
    said = {*data.columns, data.target.column, *data.after, *data.ignore}
    for name in said - seen.columns.keys():
        yield Cell(name, "is in the spec, not in the file", fix=meant(name, seen.columns, "take it out of the spec"))
    for name in seen.columns.keys() - said:
        yield Cell(name, "is in the file, not in the spec", fix=meant(name, said, "say it under ignore"))


def bad_cells(spec: Spec, seen: Sample) -> tuple[int, list[Cell]]:
    """How many of the rows have a cell that their column does not take, and the first such cells."""
    cells: list[Cell] = []
    rows: set[int] = set()
    for name, column in spec.data.columns.items():
        for row, text in enumerate(seen.columns.get(name, ())):
            if expected := _expected(text, column):
                rows.add(row)
                cells.append(Cell(name, "not taken", clipped(text) or "nothing", expected, line=row + 2))
    return len(rows), sorted(cells, key=lambda cell: cell.line)[:MOST]


def _expected(text: str, column: Column) -> str:
    """What the column wants instead of this cell; "" where it takes it."""
    if not text:
        return f"a value of type {column.type}" if column.missing == "reject" else ""
    return KINDS[column.type](text, column)


def _number(text: str, column: Column) -> str:
    try:
        value = float(text)
    except ValueError:
        return "a number"
    if column.outside != "reject":
        return ""
    if column.min is not None and value < column.min:
        return f"at least {column.min:g}"
    return f"at most {column.max:g}" if column.max is not None and value > column.max else ""


def _integer(text: str, column: Column) -> str:
    return _number(text, column) if re.fullmatch(r"[-+]?[0-9]+(\.0*)?", text) else "a whole number"


def _category(text: str, column: Column) -> str:
    known = not column.values or column.unseen != "reject" or text in column.values
    return "" if known else clipped(f"one of {', '.join(column.values)}")


def _timestamp(text: str, _: Column) -> str:
    try:
        offset = datetime.fromisoformat(text).tzinfo
    except ValueError:
        offset = None
    return "" if offset else "a time with its offset, such as 2013-01-01T05:00:00-05:00"


KINDS: Mapping[ColumnType, Callable[[str, Column], str]] = {
    ColumnType.INTEGER: _integer,
    ColumnType.NUMBER: _number,
    ColumnType.CATEGORY: _category,
    ColumnType.TIMESTAMP: _timestamp,
    ColumnType.TEXT: lambda _text, _column: "",
}
