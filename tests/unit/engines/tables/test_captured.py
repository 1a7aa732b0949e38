"""Captured rows come in beside uploads: never instead of an uploaded row, never twice."""

from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path

import duckdb

from shared.domain.capture import CapturedRow, Known
from shared.engines.tables import Prepared, Source, prepare, write_captured
from tests.unit.engines.tables.flights import read_rejects, row, rows, spec, write_csv

AT = datetime(2013, 3, 1, tzinfo=UTC)
SENT = ("time_hour", "flight", "carrier", "origin", "distance")


def flown(number: int, changes: Mapping[str, object] | None = None, actual: object = 30, name: str = "") -> Known:
    """Row number so and so as it was asked about, and how late it came."""
    good = row(number)
    cells = {name: good[name] for name in SENT} | {"flight": int(good["flight"]), "distance": float(good["distance"])}
    id_ = f"prd_flights_1c_01JD0000000000000000000000_{name or number}"
    return Known(CapturedRow(id_, "1c", 0.5, {**cells, **(changes or {})}), AT, actual)  # type: ignore[arg-type]


def first(folder: Path, said: Mapping[str, object] | None = None) -> Prepared:
    return prepare(Source(write_csv(folder, rows(0, 1200))), spec(said), folder / "first")


def then(
    folder: Path,
    known: list[Known],
    said: Mapping[str, object] | None = None,
    of: str = "first",
    upload: Path | None = None,
) -> Prepared:
    """What follows on the version `of`, in the folder `of`+."""
    captured = write_captured(known, spec(said), folder / "captured.jsonl")
    return prepare(Source(upload, folder / of / "rows.parquet", captured), spec(said), folder / f"{of}+")


def stored(folder: Path, select: str) -> list[tuple[object, ...]]:
    return duckdb.connect().execute(f"SELECT {select} FROM '{folder}/rows.parquet'").fetchall()


def test_captured_rows_are_added_to_the_rows_so_far(tmp_path: Path) -> None:
    first(tmp_path)
    made = then(tmp_path, [flown(number, actual=30 * (number % 2)) for number in range(1200, 1500)])
    assert (made.rows, made.captured, made.rejected_count) == (1500, 300, 0)


def test_columns_that_nobody_sends_are_missing(tmp_path: Path) -> None:
    first(tmp_path)
    made = then(tmp_path, [flown(1200)])
    assert made.rows == 1201
    assert stored(tmp_path / "first+", "count(*) - count(air_time), count(*) - count(tailnum)") == [(1, 1)]


def test_an_uploaded_row_beats_a_captured_one_of_its_key_whichever_came_first(tmp_path: Path) -> None:
    first(tmp_path)
    made = then(tmp_path, [flown(7, {"distance": 7777.0}), flown(1200)])
    assert (made.rows, made.captured) == (1201, 1)
    upload = write_csv(tmp_path, [row(1200, {"distance": "55"})], "upload.csv")
    again = then(tmp_path, [flown(1200, name="later")], of="first+", upload=upload)
    assert (again.rows, again.captured) == (1201, 0)
    assert stored(tmp_path / "first++", "count(*) FILTER (distance IN (7777, 55))") == [(1,)]


def test_a_later_capture_corrects_an_earlier_one_of_its_key(tmp_path: Path) -> None:
    first(tmp_path)
    then(tmp_path, [flown(1200, actual=3)])
    made = then(tmp_path, [flown(1200, actual=99)], of="first+")
    assert (made.rows, made.captured) == (1201, 0)
    assert stored(tmp_path / "first++", "max(arr_delay)") == [(99.0,)]


def test_without_a_key_a_prediction_is_one_row_however_often_it_comes(tmp_path: Path) -> None:
    keyless: dict[str, object] = {"data.key": []}
    first(tmp_path, keyless)
    then(tmp_path, [flown(1200), flown(1200, name="another")], keyless)
    made = then(tmp_path, [flown(1200), flown(1201)], keyless, of="first+")
    assert (made.rows, made.captured) == (1203, 1)


def test_a_captured_row_that_todays_spec_refuses_is_left_out_and_named_at_line_zero(tmp_path: Path) -> None:
    first(tmp_path)
    made = then(tmp_path, [flown(1200), *(flown(number, {"origin": "ERW"}) for number in range(1201, 1300))])
    assert (made.rows, made.captured, made.rejected) == (1201, 1, ())
    assert read_rejects(tmp_path / "first+")[0] == (0, "origin", "ERW", "EWR, JFK or LGA")


def test_an_outcome_that_never_came_to_be_is_skipped(tmp_path: Path) -> None:
    before = first(tmp_path)
    made = then(tmp_path, [flown(1200, actual=None)])
    assert (made.rows, made.skipped) == (before.rows + 1, before.skipped + 1)


def test_a_text_that_no_table_holds_is_left_out(tmp_path: Path) -> None:
    first(tmp_path)
    assert then(tmp_path, [flown(1200, {"carrier": "A\0"}), flown(1201, {"carrier": "é\n\"'"})]).captured == 1


def test_a_column_that_is_no_longer_said_is_dropped(tmp_path: Path) -> None:
    first(tmp_path)
    assert then(tmp_path, [flown(1200, {"seat": "7A"})]).captured == 1


def test_what_is_no_feature_and_no_key_may_have_been_left_out(tmp_path: Path) -> None:
    said = {"data.key": ["carrier", "time_hour"]}
    first(tmp_path, said)
    assert then(tmp_path, [flown(1200, {"flight": None}), flown(1201, {"carrier": None})], said).captured == 1
    assert then(tmp_path, [flown(1202)], said, of="first+").rows == 1202


def test_a_private_column_is_missing_and_a_private_key_leaves_the_row_out(tmp_path: Path) -> None:
    flight = {"type": "integer", "feature": False, "private": "hash"}
    said = {"data.columns.flight": flight, "data.key": ["carrier", "time_hour"]}
    first(tmp_path, said)
    assert then(tmp_path, [flown(1200, {"flight": "0123456789abcdef"})], said).captured == 1
    assert stored(tmp_path / "first+", "count(*) - count(flight)") == [(1,)]
    assert then(tmp_path, [flown(1201)], {**said, "data.key": ["flight", "time_hour"]}, of="first+").captured == 0


def test_truths_come_back_as_json_says_them(tmp_path: Path) -> None:
    plain = {"data.target": "late", "data.after": ["air_time", "arr_delay"]}
    table = [{**line, "late": str(number % 2)} for number, line in enumerate(rows(0, 1200))]
    columns = tuple(table[0])
    upload = tmp_path / "flights.csv"
    upload.write_text("\n".join([",".join(columns), *(",".join(line.values()) for line in table)]) + "\n")
    prepare(Source(upload), spec(plain), tmp_path / "first")
    known = [flown(1200, actual=True), flown(1201, actual=0), flown(1202, actual="true"), flown(1203, actual=7)]
    assert then(tmp_path, known, plain).captured == 3


def test_rows_from_the_cut_on_are_judged_by_and_older_ones_learned_from(tmp_path: Path) -> None:
    before = first(tmp_path)
    captured = write_captured([flown(1200), flown(1190, {"flight": 900})], spec(), tmp_path / "captured.jsonl")
    source = Source(None, tmp_path / "first" / "rows.parquet", captured, cut=before.cut)
    made = prepare(source, spec(), tmp_path / "later")
    assert made.cut is not None
    assert before.cut is not None
    assert made.cut >= before.cut
    assert made.train_rows + made.test_rows == before.train_rows + before.test_rows + 2


def test_a_version_that_is_replaced_keeps_its_rows_until_an_upload_comes(tmp_path: Path) -> None:
    replacing = {"data.uploads": "replace"}
    first(tmp_path, replacing)
    assert then(tmp_path, [flown(1200)], replacing).rows == 1201
    upload = write_csv(tmp_path, rows(2000, 3300), "upload.csv")
    assert then(tmp_path, [flown(3300)], replacing, of="first+", upload=upload).rows == 1301


def test_the_file_for_people_is_as_before_where_nothing_was_captured(tmp_path: Path) -> None:
    before = first(tmp_path)
    same = prepare(Source(None, tmp_path / "first" / "rows.parquet"), spec(), tmp_path / "same")
    described = duckdb.connect().execute(f"DESCRIBE FROM '{tmp_path}/same/rows.parquet'").fetchall()
    assert "@" not in {column[0] for column in described}
    assert same.fingerprint == before.fingerprint
