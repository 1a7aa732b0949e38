"""A sheet: the good rows of a text file as one plain CSV with the line before each, and the lines that are no rows."""

import csv
import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TextIO

_SURROGATE = re.compile("[\ud800-\udfff]")


class Sheet:
    """Two files that are written row by row: bounded memory, whatever comes."""

    def __init__(self, width: int, rows: TextIO, refused: TextIO) -> None:
        self.good = 0
        self.bad = 0
        self._width = width
        self._file = rows
        self._rows = csv.writer(rows, lineterminator="\n", quoting=csv.QUOTE_ALL)  # a lone \r too
        self._refused = csv.writer(refused, lineterminator="\n", quoting=csv.QUOTE_ALL)

    def plain(self, line: int, row: str) -> None:
        """A row without quotes, as it stands: the fast way."""
        if self._is_row(line, row.count(",") + 1, row):
            self._file.write(f"{line},{row}\n")
            self.good += 1

    def fields(self, line: int, fields: Sequence[str]) -> None:
        """A row by its fields."""
        if self._is_row(line, len(fields), "".join(fields)):
            self._rows.writerow([line, *fields])
            self.good += 1

    def refuse(self, line: int, got: str, expected: str) -> None:
        """A line that is no row."""
        self._refused.writerow([line, got, expected])
        self.bad += 1

    def _is_row(self, line: int, width: int, text: str) -> bool:
        if width != self._width:
            self.refuse(line, f"{width} fields", f"{self._width} fields, as in the header")
        elif not _is_text(text):
            self.refuse(line, "bytes that are no text", "UTF-8 text")
        else:
            return True
        return False


def _is_text(text: str) -> bool:
    return "\0" not in text and (text.isascii() or not _SURROGATE.search(text))


@contextmanager
def new_sheet(folder: Path, width: int) -> Iterator[Sheet]:
    """A sheet of so many columns in the files `rows_of` and `refused_of` of this folder."""
    with (
        rows_of(folder).open("w", encoding="utf-8", newline="") as rows,
        refused_of(folder).open("w", encoding="utf-8", newline="") as refused,
    ):
        yield Sheet(width, rows, refused)


def rows_of(folder: Path) -> Path:
    """Where the good rows are: line, then the fields."""
    return folder / "rows.csv"


def refused_of(folder: Path) -> Path:
    """Where the refused lines are: line, got, expected."""
    return folder / "refused.csv"
