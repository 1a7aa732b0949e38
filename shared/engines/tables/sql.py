"""The connection to DuckDB, and how names and texts get into SQL."""

from collections.abc import Iterable
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


def opened(spill: Path) -> Tables:
    """An empty database in memory that spills into this folder; timestamps are shown in UTC."""
    tables = duckdb.connect(config=_SETTINGS | {"temp_directory": str(spill)})
    tables.execute("SET TimeZone = 'UTC'")
    return tables


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
