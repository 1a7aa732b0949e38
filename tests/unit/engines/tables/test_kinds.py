"""Files that are not what they should be: each is named before anything is learned from it."""

from pathlib import Path

import duckdb
import pytest

from shared.domain.errors import DataRejected
from shared.engines.tables import Source, prepare
from tests.unit.engines.tables.flights import COLUMNS, csv_text, rows, spec, write, write_csv

TABLE = rows(0, 1200)
NEEDED = "time_hour,flight,carrier,origin,distance,arr_delay"


def rejection(upload: Path, into: Path) -> DataRejected:
    with pytest.raises(DataRejected) as caught:
        prepare(Source(upload), spec(), into)
    return caught.value


@pytest.mark.parametrize(
    ("name", "content", "seen"),
    [
        ("flights.csv", b"\x89PNG\r\n\x1a\n" + bytes(40), "a PNG picture"),
        ("flights.csv", b"PAR1" + bytes(40) + b"PAR1", "Parquet"),
        ("flights.csv", b"PK\x03\x04" + bytes(40), "a zip archive or a spreadsheet"),
        ("flights.csv", b"\x1f\x8b" + bytes(40), "a gzip archive"),
        ("flights.csv", "time_hour,flight".encode("utf-16"), "UTF-16 text"),
        ("flights.csv", b"\1\2\0\3" * 9, "bytes that are no text"),
        ("flights.csv.gz", b"\x89PNG\r\n\x1a\n" + bytes(40), "a PNG picture"),
        ("flights.parquet", b"PAR1" + bytes(40) + b"PAR1", "Invalid Input Error"),
        ("flights.parquet", b"time_hour,flight\n", "text"),
        ("flights.jsonl", b"%PDF-1.7 " + bytes(40), "a PDF document"),
        ("flights.xlsx", b"PK\x03\x04", "flights.xlsx"),
        ("flights", b"time_hour\n", "flights"),
    ],
)
def test_a_file_that_is_not_what_its_name_says_is_named(tmp_path: Path, name: str, content: bytes, seen: str) -> None:
    refused = rejection(write(tmp_path, content, name), tmp_path / "data")
    assert refused.code == "wrong_type"
    assert refused.problems[0].got.startswith(seen)
    assert ".csv, .parquet, .jsonl" in refused.problems[0].fix


def test_an_archive_that_ends_early_is_named(tmp_path: Path) -> None:
    whole = write_csv(tmp_path, TABLE, "flights.csv.gz")
    whole.write_bytes(whole.read_bytes()[:-400])
    assert rejection(whole, tmp_path / "data").code == "wrong_type"


def test_a_line_without_end_is_refused_before_it_fills_the_memory(tmp_path: Path) -> None:
    upload = write(tmp_path, csv_text([]).encode() + b"x" * 1_500_000)
    assert rejection(upload, tmp_path / "data").code == "wrong_type"


@pytest.mark.parametrize("name", ["flights.csv", "flights.csv.gz", "flights.jsonl", "flights.parquet"])
@pytest.mark.parametrize("content", [b"", b"\n \r\n"])
def test_an_empty_file_is_named(tmp_path: Path, name: str, content: bytes) -> None:
    assert rejection(write(tmp_path, content, name), tmp_path / "data").code == "empty_file"


@pytest.mark.parametrize("end", ["", "\n", "\n\n\n"])
def test_a_header_alone_is_named(tmp_path: Path, end: str) -> None:
    upload = write(tmp_path, csv_text([]).strip().encode() + end.encode())
    assert rejection(upload, tmp_path / "data").code == "header_only"


def test_parquet_without_rows_is_a_header_alone(tmp_path: Path) -> None:
    path = tmp_path / "flights.parquet"
    fields = ", ".join(f"'' AS {name}" for name in COLUMNS)
    duckdb.connect().execute(f"COPY (SELECT {fields} LIMIT 0) TO '{path}' (FORMAT parquet)")
    assert rejection(path, tmp_path / "data").code == "header_only"


@pytest.mark.parametrize(
    ("header", "code", "column", "fix"),
    [
        ("time_hour,flight,carier,origin,distance,arr_delay", "columns_missing", "carrier", "did you mean carier?"),
        ("time_hour,flight,carrier,origin,distance", "columns_missing", "arr_delay", "add it to the file"),
        ("time_hour;flight;carrier;origin;distance;arr_delay", "columns_missing", "time_hour", "add it to the file"),
        (f"{NEEDED},tailnumb", "columns_unknown", "tailnumb", "did you mean tailnum?"),
        (f"{NEEDED},origin", "columns_unknown", "origin", "rename or drop one"),
        (f"{NEEDED},Origin", "columns_unknown", "Origin", ""),
        (f"{NEEDED},wind", "columns_unknown", "wind", "add it to data.columns, data.after or data.ignore"),
        (f"{NEEDED},gr\udcf6\udcdfe", "columns_unknown", "gr??e", ""),
    ],
)
def test_a_header_that_the_spec_does_not_say_is_named(
    tmp_path: Path, header: str, code: str, column: str, fix: str
) -> None:
    refused = rejection(write(tmp_path, header.encode(errors="surrogateescape") + b"\n1,2\n"), tmp_path / "data")
    assert (refused.code, refused.problems[0].pointer, refused.problems[0].line) == (code, column, 1)
    assert refused.problems[0].fix.startswith(fix)


def test_a_file_with_another_separator_is_told_so(tmp_path: Path) -> None:
    refused = rejection(write(tmp_path, csv_text(TABLE).replace(",", ";").encode()), tmp_path / "data")
    assert "its separator must be a comma" in refused.detail
