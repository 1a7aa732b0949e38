"""The connection to DuckDB, and how names and texts get into SQL."""

import errno
import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import duckdb

Tables = duckdb.DuckDBPyConnection

LINE = '"#"'
"""The line of the upload that a row begins on; no column of a spec can have this name."""

ID = "@"
"""The column of rows that were captured: their prediction's id, NULL for uploaded ones; the spec knows no such name."""

_SETTINGS: dict[str, str | bool | int | float | list[str]] = {
    "threads": 2,
    "memory_limit": "1GB",  # beyond it DuckDB spills to disk
    "autoinstall_known_extensions": False,
    "autoload_known_extensions": False,
}


FULL_DISK = ("No space left on device", "Disk quota exceeded", "max_temp_directory_size")
"""What DuckDB says where there is no room for a file, or for what it spills."""


@contextmanager
def opened(spill: Path) -> Iterator[Tables]:
    """An empty database in memory that spills into this folder; timestamps are shown in UTC.

    What it has no room for ends as Python says it: OSError (ENOSPC) or MemoryError.
    """
    with duckdb.connect(config=_SETTINGS | {"temp_directory": str(spill)}) as tables:
        tables.execute("SET TimeZone = 'UTC'")
        try:
            yield tables
        except duckdb.Error as error:
            refuse_without_room(error)
            raise


def refuse_without_room(error: duckdb.Error) -> None:
    """Raise OSError or MemoryError where that is what DuckDB says: the data is not to blame."""
    if any(words in str(error) for words in FULL_DISK):
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC)) from error
    if type(error) is duckdb.OutOfMemoryException:
        raise MemoryError(str(error).partition("\n")[0]) from error


def quoted(name: str) -> str:
    """A column's name in SQL."""
    return '"' + name.replace('"', '""') + '"'


def literal(text: str) -> str:
    """A text in SQL."""
    return "'" + text.replace("'", "''") + "'"


def instant(microseconds: int) -> datetime:
    """An instant from epoch_us(): timestamps leave DuckDB as numbers, since its own way asks for a package more."""
    return datetime(1970, 1, 1, tzinfo=UTC) + timedelta(microseconds=microseconds)


def names(columns: Iterable[str]) -> str:
    """Columns in SQL, with commas between."""
    return ", ".join(map(quoted, columns))
