"""The physical lines of a text file, and the rows that CSV and JSON lines make of them."""

import csv
import json
from collections.abc import Iterator
from itertools import chain
from typing import TextIO

from shared.engines.tables.kinds import wrong_type
from shared.engines.tables.sheet import Sheet

_LONGEST = 1_000_000  # characters; DuckDB's own limit is two million bytes


class Lines:
    """The lines of a text with their ends, counted from 1."""

    def __init__(self, text: TextIO) -> None:
        self.number = 0
        self._text = text

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        """The next line; raises DataRejected (wrong_type) for one of a million characters."""
        line = self._text.readline(_LONGEST)
        if not line:
            raise StopIteration
        self.number += 1
        if len(line) == _LONGEST:
            raise wrong_type(
                "a line never ends", got=f"line {self.number}", expected=f"lines below {_LONGEST:,} characters"
            )
        return line


def csv_header(lines: Lines) -> list[str]:
    """The fields of the first line that is not blank."""
    for line in lines:
        if line.strip():
            try:
                return _fields(line, lines)
            except csv.Error as error:
                raise wrong_type(
                    "the header is no CSV", got=str(error), expected="names with commas between"
                ) from error
    return []


def csv_rows(lines: Lines, sheet: Sheet) -> None:
    """Write what follows the header; blank lines are no rows, quoted fields may hold line ends."""
    for line in lines:
        row, start = line.rstrip("\r\n"), lines.number
        if not row:
            continue
        if '"' not in row and "\r" not in row:
            sheet.plain(start, row)
            continue
        try:
            sheet.fields(start, _fields(line, lines))
        except csv.Error as error:
            sheet.refuse(start, str(error)[:80], "fields in whole quotes, a quote within them doubled")


def _fields(first: str, following: Lines) -> list[str]:
    """The fields of one record, which takes following lines while a quote is open."""
    return next(csv.reader(chain([first], following), strict=True))


def json_rows(lines: Lines, sheet: Sheet, columns: tuple[str, ...]) -> tuple[str, ...]:
    """Write one object a line as text fields in the order of `columns`; gives the names that stand in any object."""
    seen: dict[str, None] = {}
    for line in lines:
        if not line.strip():
            continue
        try:
            row = json.loads(line, parse_int=str, parse_float=str, parse_constant=str)
        except (ValueError, RecursionError):
            row = None
        if not isinstance(row, dict):
            sheet.refuse(lines.number, "a line that is no JSON object", '{"column": value, ...}')
            continue
        if not seen.keys() >= row.keys():
            seen |= dict.fromkeys(row)
        sheet.fields(lines.number, [_text(row.get(column)) for column in columns])
    return tuple(seen)


def _text(value: object) -> str:
    """A JSON value as the text of a CSV field; null is missing."""
    return value if isinstance(value, str) else "" if value is None else json.dumps(value)
