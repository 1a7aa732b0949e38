"""Uploads add up: the last row of a key counts, whatever the order of the file."""

from pathlib import Path

import duckdb

from shared.engines.tables import Prepared, Source, gather, prepare
from tests.unit.engines.tables.flights import read_rejects, row, rows, spec, write_csv

TABLE = rows(0, 1200)


def first(folder: Path) -> Prepared:
    return prepare(Source(write_csv(folder, TABLE, "first.csv")), spec(), folder / "first")


def later(folder: Path, table: list[dict[str, str]], said: object = None) -> Prepared:
    upload = write_csv(folder, table, "later.csv")
    changed = spec(said if isinstance(said, dict) else None)
    return prepare(Source(upload, folder / "first" / "rows.parquet"), changed, folder / "later")


def stored(folder: Path, select: str) -> list[tuple[object, ...]]:
    return duckdb.connect().execute(f"SELECT {select} FROM '{folder}/rows.parquet'").fetchall()


def test_an_upload_is_added_to_the_rows_so_far(tmp_path: Path) -> None:
    first(tmp_path)
    assert later(tmp_path, rows(1200, 1500)).rows == 1500


def test_an_upload_takes_their_place_where_the_spec_says_replace(tmp_path: Path) -> None:
    first(tmp_path)
    assert later(tmp_path, rows(1200, 2300), {"data.uploads": "replace"}).rows == 1100


def test_a_row_with_a_known_key_is_a_correction(tmp_path: Path) -> None:
    first(tmp_path)
    made = later(tmp_path, [row(7, {"distance": "7777"}), *rows(1200, 1300)])
    assert made.rows == 1300
    assert stored(tmp_path / "later", "distance").count((7777.0,)) == 1


def test_within_one_upload_the_last_line_of_a_key_wins(tmp_path: Path) -> None:
    twice = [row(7, {"distance": "1111"}), *TABLE, row(7, {"distance": "2222"})]
    made = prepare(Source(write_csv(tmp_path, twice)), spec(), tmp_path / "data")
    assert made.rows == 1200
    assert {1111.0, 2222.0} & {cell for (cell,) in stored(tmp_path / "data", "distance")} == {2222.0}


def test_a_correction_that_is_itself_bad_leaves_the_row_as_it_was(tmp_path: Path) -> None:
    before = first(tmp_path)
    made = later(tmp_path, [row(7, {"distance": "far"}), *TABLE[8:200]])
    assert (made.fingerprint, made.rejected_count) == (before.fingerprint, 1)


def test_without_a_key_every_row_stays(tmp_path: Path) -> None:
    keyless = spec({"data.key": []})
    assert prepare(Source(write_csv(tmp_path, TABLE + TABLE[:5])), keyless, tmp_path / "data").rows == 1205


def test_the_fingerprint_is_that_of_the_content_whatever_the_order(tmp_path: Path) -> None:
    upwards = prepare(Source(write_csv(tmp_path, TABLE)), spec(), tmp_path / "up")
    downwards = prepare(Source(write_csv(tmp_path, TABLE[::-1], "down.csv")), spec(), tmp_path / "down")
    assert upwards == downwards
    for name in ("split.npy", "target.npy", "time.npy", "columns/carrier.npy", "vocabulary.json", "profile.json"):
        assert (tmp_path / "up" / name).read_bytes() == (tmp_path / "down" / name).read_bytes()


def test_the_fingerprint_is_the_same_in_one_upload_or_in_two(tmp_path: Path) -> None:
    first(tmp_path)
    twofold = later(tmp_path, rows(1200, 1500))
    assert prepare(Source(write_csv(tmp_path, rows(0, 1500))), spec(), tmp_path / "once") == twofold


def test_one_other_cell_is_another_fingerprint(tmp_path: Path) -> None:
    seen = {first(tmp_path).fingerprint}
    for changes in ({"tailnum": "N0"}, {"tailnum": ""}, {"arr_delay": "-5"}):
        table = [*TABLE[:9], row(9, changes), *TABLE[10:]]
        seen.add(prepare(Source(write_csv(tmp_path, table)), spec(), tmp_path / "data").fingerprint)
    assert len(seen) == 4


def test_the_fingerprint_of_rows_without_key_does_not_depend_on_order_either(tmp_path: Path) -> None:
    keyless = spec({"data.key": []})
    upwards = prepare(Source(write_csv(tmp_path, TABLE + TABLE[:5])), keyless, tmp_path / "up")
    downwards = prepare(Source(write_csv(tmp_path, TABLE[:5] + TABLE[::-1], "down.csv")), keyless, tmp_path / "down")
    assert upwards == downwards


def test_earlier_rows_that_todays_spec_refuses_are_left_out_and_named_at_line_zero(tmp_path: Path) -> None:
    first(tmp_path)
    stricter = {"data.columns.origin": {"type": "category", "values": ["EWR", "JFK"]}}
    upload = [line for line in rows(1200, 1500) if line["origin"] != "LGA"]
    made = later(tmp_path, upload, stricter)
    assert (made.rows, made.rejected_count, made.rejected) == (1000, 0, ())
    assert read_rejects(tmp_path / "later")[0] == (0, "origin", "LGA", "EWR or JFK")


def test_earlier_rows_take_the_type_that_today_says(tmp_path: Path) -> None:
    first(tmp_path)
    retyped = {"data.columns.flight": {"type": "category", "feature": False}}
    assert later(tmp_path, rows(1200, 1300), retyped).rows == 1300
    assert stored(tmp_path / "later", "typeof(flight)")[0] == ("VARCHAR",)


def test_rows_are_kept_in_the_specs_types(tmp_path: Path) -> None:
    first(tmp_path)
    described = duckdb.connect().execute(f"DESCRIBE FROM '{tmp_path}/first/rows.parquet'").fetchall()
    assert {column[0]: column[1] for column in described} == {
        "time_hour": "TIMESTAMP WITH TIME ZONE",
        "flight": "BIGINT",
        "carrier": "VARCHAR",
        "origin": "VARCHAR",
        "distance": "DOUBLE",
        "arr_delay": "DOUBLE",
        "air_time": "VARCHAR",
        "tailnum": "VARCHAR",
    }


def test_two_uploads_of_one_run_are_held_to_the_limits_together(tmp_path: Path) -> None:
    few = [row(number, {"origin": "ERW"} if number == 7 else {}) for number in range(150)]
    bad = gather(Source(write_csv(tmp_path, few, "few.csv")), spec(), tmp_path / "gathered")
    rest = Source(write_csv(tmp_path, rows(150, 1200), "rest.csv"), tmp_path / "gathered" / "rows.parquet")
    made = prepare(rest, spec(), tmp_path / "data")
    assert (bad, made.rows, made.rejected_count) == (1, 1199, 0)
