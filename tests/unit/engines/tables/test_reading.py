"""Files of every kind, well-formed or not."""

from pathlib import Path

import duckdb
import pytest

from shared.domain.errors import DataRejected
from shared.engines.tables import Source, prepare
from tests.unit.engines.tables.flights import (
    COLUMNS,
    csv_text,
    read_rejects,
    row,
    rows,
    spec,
    write,
    write_csv,
    write_jsonl,
)

TABLE = rows(0, 1200)
LENIENT = spec({"data.checks.rejected.max": "50%"})


def parquet(folder: Path, select: str) -> Path:
    path = folder / "flights.parquet"
    source = write_csv(folder, TABLE, "source.csv")
    duckdb.connect().execute(f"COPY (SELECT {select} FROM read_csv('{source}')) TO '{path}' (FORMAT parquet)")
    return path


def rejection(upload: Path, into: Path) -> DataRejected:
    with pytest.raises(DataRejected) as caught:
        prepare(Source(upload), spec(), into)
    return caught.value


def test_csv_gzip_and_json_lines_of_the_same_rows_are_the_same_data(tmp_path: Path) -> None:
    plain = prepare(Source(write_csv(tmp_path, TABLE)), spec(), tmp_path / "csv")
    packed = prepare(Source(write_csv(tmp_path, TABLE, "FLIGHTS.CSV.gz")), spec(), tmp_path / "gz")
    lines = prepare(Source(write_jsonl(tmp_path, TABLE)), spec(), tmp_path / "jsonl")
    assert plain == packed == lines
    assert (plain.rows, plain.rejected_count) == (1200, 0)


def test_parquet_with_types_of_its_own_is_the_same_data(tmp_path: Path) -> None:
    typed = parquet(tmp_path, "* REPLACE (air_time::VARCHAR AS air_time, distance::DECIMAL(9, 1) AS distance)")
    assert prepare(Source(typed), spec(), tmp_path / "parquet") == prepare(
        Source(write_csv(tmp_path, TABLE)), spec(), tmp_path / "csv"
    )


def test_a_not_a_number_in_parquet_is_missing(tmp_path: Path) -> None:
    typed = parquet(tmp_path, "* REPLACE (CASE WHEN flight = 7 THEN 'nan'::DOUBLE ELSE arr_delay END AS arr_delay)")
    assert prepare(Source(typed), spec(), tmp_path / "data").skipped == 2


def test_parquet_timestamps_without_a_zone_are_refused(tmp_path: Path) -> None:
    refused = rejection(parquet(tmp_path, "* REPLACE (time_hour::TIMESTAMP AS time_hour)"), tmp_path / "data")
    assert refused.code == "too_many_rejected"
    assert refused.problems[0].expected.startswith("its offset too")


def test_a_byte_order_mark_and_windows_line_ends_change_nothing(tmp_path: Path) -> None:
    windows = write(tmp_path, b"\xef\xbb\xbf" + csv_text(TABLE).replace("\n", "\r\n").encode(), "windows.csv")
    plain = prepare(Source(write_csv(tmp_path, TABLE)), spec(), tmp_path / "csv")
    assert prepare(Source(windows), spec(), tmp_path / "windows") == plain


def test_blank_lines_are_no_rows(tmp_path: Path) -> None:
    upload = write(tmp_path, csv_text(TABLE).replace("\n", "\n\n").encode())
    assert prepare(Source(upload), spec(), tmp_path / "data").rows == 1200


def test_a_quoted_cell_may_hold_commas_quotes_and_line_ends(tmp_path: Path) -> None:
    odd = row(0, {"tailnum": '"one, ""two""\nthree"', "carrier": '"A,B"'})
    prepare(Source(write_csv(tmp_path, [odd, *TABLE[1:]])), spec(), tmp_path / "data")
    stored = duckdb.connect().execute(f"SELECT carrier, tailnum FROM '{tmp_path}/data/rows.parquet' LIMIT 1").fetchall()
    assert stored == [("A,B", 'one, "two"\nthree')]


def test_lines_are_those_of_the_file_even_after_quoted_line_ends(tmp_path: Path) -> None:
    table = [row(0, {"tailnum": '"a\nb\nc"'}), row(1, {"origin": "ERW"}), *TABLE[2:]]
    prepare(Source(write_csv(tmp_path, table)), LENIENT, tmp_path / "data")
    assert read_rejects(tmp_path / "data") == [(5, "origin", "ERW", "EWR, JFK or LGA")]


@pytest.mark.parametrize(
    ("line", "got", "expected"),
    [
        (b"2013-01-01T00:00:00Z,1,AA", "3 fields", "8 fields, as in the header"),
        (b"2013-01-01T00:00:00Z,1,AA,EWR,1,1,1,N1,more", "9 fields", "8 fields, as in the header"),
        (b'2013-01-01T00:00:00Z,1,"AA,"', "3 fields", "8 fields, as in the header"),
        (b"2013-01-01T00:00:00Z,1,\xff\xfe,EWR,1,1,1,N1", "bytes that are no text", "UTF-8 text"),
        (b'2013-01-01T00:00:00Z,1,"\xff",EWR,1,1,1,N1', "bytes that are no text", "UTF-8 text"),
        (b"2013-01-01T00:00:00Z,1,A\0,EWR,1,1,1,N1", "bytes that are no text", "UTF-8 text"),
        (b'2013-01-01T00:00:00Z,1,"A"A,EWR,1,1,1,N1', "',' expected after '\"'", "fields in whole quotes"),
    ],
)
def test_a_line_that_is_no_row_is_rejected_by_its_number(tmp_path: Path, line: bytes, got: str, expected: str) -> None:
    after = csv_text([row(1200)]).partition("\n")[2].encode()
    upload = write(tmp_path, csv_text(TABLE).encode() + line + b"\n" + after)
    made = prepare(Source(upload), LENIENT, tmp_path / "data")
    (reject,) = [reject for reject in made.rejected if reject.line == 1202]
    assert (reject.column, reject.got) == ("", got)
    assert reject.expected.startswith(expected)


def test_a_quote_that_never_closes_costs_its_lines_and_no_crash(tmp_path: Path) -> None:
    upload = write(tmp_path, csv_text(TABLE).encode() + b'2013-01-01T00:00:00Z,1,"AA,EWR\nmore\n')
    made = prepare(Source(upload), LENIENT, tmp_path / "data")
    assert [(reject.line, reject.got) for reject in made.rejected] == [(1202, "unexpected end of data")]


def test_json_lines_that_are_no_objects_are_rejected(tmp_path: Path) -> None:
    upload = write_jsonl(tmp_path, TABLE)
    upload.write_text(upload.read_text() + '[1]\n{"flight": \n"text"\n')
    made = prepare(Source(upload), LENIENT, tmp_path / "data")
    assert [reject.line for reject in made.rejected] == [1201, 1202, 1203]


def test_every_line_a_bad_one_is_still_a_rejection_with_lines(tmp_path: Path) -> None:
    refused = rejection(write(tmp_path, b"no\njson\n", "flights.jsonl"), tmp_path / "data")
    assert (refused.code, [problem.line for problem in refused.problems]) == ("too_many_rejected", [1, 2])


def test_columns_that_the_spec_keeps_or_ignores_may_be_left_out(tmp_path: Path) -> None:
    upload = write(tmp_path, csv_text(TABLE, COLUMNS[:6]).encode())
    assert prepare(Source(upload), spec(), tmp_path / "data").rows == 1200


def test_only_the_data_version_stays_in_the_folder(tmp_path: Path) -> None:
    prepare(Source(write_csv(tmp_path, TABLE)), spec(), tmp_path / "data")
    arrays = {"split.npy", "target.npy", "time.npy"}
    documents = {"profile.json", "rejects.csv", "rows.parquet", "vocabulary.json"}
    assert {path.name for path in (tmp_path / "data").iterdir()} == arrays | documents | {"columns"}
