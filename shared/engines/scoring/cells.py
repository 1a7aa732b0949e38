"""One JSON cell of each column type → the value that goes into the batch, or why it is refused."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from math import nan
from typing import NoReturn

from shared.domain.signature import NO_TIME, Input
from shared.domain.spec.data import ColumnType

EPOCH = datetime.fromtimestamp(0, UTC)

LARGEST = 3.4028234e38
"""The largest number that the batch's float32 holds."""

_WHOLE = 2**53
"""Where float64, which datasets keep, stops to tell whole numbers apart."""

_INSTANT = re.compile(r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(\.\d{1,9})?(Z|[+-]([01]\d|2[0-3]):[0-5]\d)", re.ASCII)


@dataclass(slots=True)
class CellRefused(Exception):
    """Why one cell cannot be taken; never holds what was sent."""

    detail: str
    expected: str
    fix: str = ""


def _missing(column: Input) -> NoReturn:
    raise CellRefused("is missing", f"a value of type {column.type}", "send the column with every row")


def _word(cell: object, column: Input) -> str:
    if type(cell) is not str:
        raise CellRefused("is not a category", "a JSON string", "put the value in quotes")
    if column.values and "unseen" in column.refuses and cell not in _known(column.values):
        raise CellRefused("is a value that the model never saw", _one_of(column.values))
    return cell


def _number(cell: object, column: Input) -> float:
    if type(cell) is not float and type(cell) is not int:
        raise CellRefused("is not a number", "a JSON number", "send it without quotes")
    if not -LARGEST <= cell <= LARGEST:
        raise CellRefused("is too large", "a number that 32 bits hold, up to 3.4e38 either way")
    if "outside" in column.refuses:
        if column.min is not None and cell < column.min:
            raise CellRefused("is below the smallest value allowed", f"at least {column.min:g}")
        if column.max is not None and cell > column.max:
            raise CellRefused("is above the largest value allowed", f"at most {column.max:g}")
    return float(cell)


def _integer(cell: object, column: Input) -> float:
    number = _number(cell, column)
    if not number.is_integer():
        raise CellRefused("is not a whole number", "a whole number")
    if abs(number) >= _WHOLE:
        raise CellRefused("is too large", "a whole number within ±9,007,199,254,740,991")
    return number


def _instant(cell: object, column: Input) -> int:
    del column  # a timestamp has no limits of its own
    fix = "add the offset, such as Z or -05:00"
    if type(cell) is not str or not _INSTANT.fullmatch(cell):
        raise CellRefused("is not a timestamp", "RFC 3339 with an offset: 2013-01-01T05:00:00-05:00", fix)
    try:
        return (datetime.fromisoformat(cell) - EPOCH) // timedelta(seconds=1)
    except (ValueError, OverflowError):
        raise CellRefused("is not on the calendar", "a date and a time that exist") from None


def _text(cell: object, column: Input) -> str:
    del column  # text is kept for people and is never a feature
    if type(cell) is not str:
        raise CellRefused("is not a text", "a JSON string", "put the value in quotes")
    return cell


_READERS: dict[ColumnType, Callable[[object, Input], str | float | int]] = {
    ColumnType.CATEGORY: _word,
    ColumnType.INTEGER: _integer,
    ColumnType.NUMBER: _number,
    ColumnType.TIMESTAMP: _instant,
    ColumnType.TEXT: _text,
}
_ABSENT: dict[ColumnType, str | float | int] = {
    ColumnType.CATEGORY: "",
    ColumnType.INTEGER: nan,
    ColumnType.NUMBER: nan,
    ColumnType.TIMESTAMP: NO_TIME,
    ColumnType.TEXT: "",
}


def read(cell: object, column: Input) -> str | float | int:
    """The cell's value for the batch; raises CellRefused. null and "" are missing, as an empty field of a file is."""
    if cell is None or cell == "":
        if column.feature and "missing" in column.refuses:
            _missing(column)
        return _ABSENT[column.type]
    return _READERS[column.type](cell, column)


@lru_cache(maxsize=256)
def _known(values: tuple[str, ...]) -> frozenset[str]:
    return frozenset(values)


def _one_of(values: tuple[str, ...]) -> str:
    listed = ", ".join(values)
    return f"one of {listed}" if len(listed) < 80 else f"one of {len(values)} values: {listed[:50]}…"
