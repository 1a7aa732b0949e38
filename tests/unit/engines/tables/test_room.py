"""What DuckDB has no room for is no fault of the data: it ends as Python says it, not as a damaged upload."""

import errno
import os
from pathlib import Path

import duckdb
import pytest

from shared.engines.tables.sql import Tables, opened, refuse_without_room

FULL = os.strerror(errno.ENOSPC)
SPILLING = "SELECT count(*) FROM (SELECT random() AS r, range::VARCHAR AS s FROM range(2_000_000) ORDER BY r)"


def test_more_than_the_disk_takes_is_a_full_disk(tmp_path: Path) -> None:
    with pytest.raises(OSError, match=FULL), opened(tmp_path) as tables:
        tables.execute(f"SET memory_limit = '20MB'; SET max_temp_directory_size = '1MB'; {SPILLING}")


def test_a_file_without_room_is_a_full_disk(tmp_path: Path) -> None:
    with pytest.raises(OSError, match=FULL), opened(tmp_path) as tables:
        _written_to_a_full_disk(tables)


def _written_to_a_full_disk(tables: Tables) -> None:
    device = Path("/dev/full")  # Linux has a disk that is always full
    if not device.exists():
        raise duckdb.IOException('Could not write file "x": No space left on device')
    tables.execute(f"COPY (SELECT range FROM range(10)) TO '{device}' (FORMAT parquet)")


def test_more_than_memory_takes_where_nothing_can_spill_is_no_memory() -> None:
    tables = duckdb.connect(config={"memory_limit": "20MB", "temp_directory": ""})
    with pytest.raises(duckdb.OutOfMemoryException) as refused:
        tables.execute(SPILLING)
    with pytest.raises(MemoryError):
        refuse_without_room(refused.value)


def test_any_other_error_passes(tmp_path: Path) -> None:
    with pytest.raises(duckdb.CatalogException), opened(tmp_path) as tables:
        tables.execute("FROM nowhere")
