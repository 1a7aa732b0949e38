"""What is nothing to learn from is said with its code, its figures and what to do."""

from pathlib import Path

import pytest

from shared.domain.errors import DataRejected
from shared.engines.tables import Source, prepare
from tests.unit.engines.tables.flights import Row, row, rows, spec, write_csv

TABLE = rows(0, 1200)


def rejection(folder: Path, table: list[Row], changes: dict[str, object] | None = None) -> DataRejected:
    with pytest.raises(DataRejected) as caught:
        prepare(Source(write_csv(folder, table)), spec(changes), folder / "data")
    for problem in caught.value.problems:
        words = (problem.pointer, problem.detail, problem.got, problem.expected, problem.fix)
        assert all(len(text) < 100 for text in words)
        assert problem.fix
    return caught.value


def bad(count: int) -> list[Row]:
    return [row(number, {"origin": "ERW"}) if number < count else row(number) for number in range(1000)]


def test_as_many_bad_rows_as_allowed_pass(tmp_path: Path) -> None:
    made = prepare(Source(write_csv(tmp_path, [*bad(10), *rows(1000, 1100)])), spec(), tmp_path / "data")
    assert made.rejected_count == 10


def test_one_bad_row_more_rejects_the_upload(tmp_path: Path) -> None:
    refused = rejection(tmp_path, bad(11))
    assert refused.code == "too_many_rejected"
    assert refused.detail == "11 of 1,000 rows (1.1%) do not fit the spec; data.checks.rejected allows 1.0%"
    first = refused.problems[0]
    assert (first.line, first.pointer, first.got, first.expected) == (2, "origin", "ERW", "EWR, JFK or LGA")


def test_all_rejects_are_on_file_and_the_first_hundred_are_named(tmp_path: Path) -> None:
    assert len(rejection(tmp_path, bad(500)).problems) == 100
    assert len((tmp_path / "data" / "rejects.csv").read_text().splitlines()) == 501


def test_the_share_is_that_of_the_upload_whatever_came_before(tmp_path: Path) -> None:
    prepare(Source(write_csv(tmp_path, TABLE)), spec(), tmp_path / "before")
    upload = write_csv(tmp_path, [row(2000), row(2001, {"origin": "ERW"})])
    with pytest.raises(DataRejected, match=r"1 of 2 rows \(50.0%\)"):
        prepare(Source(upload, tmp_path / "before" / "rows.parquet"), spec(), tmp_path / "data")


def test_a_data_version_below_the_specs_number_of_rows_is_rejected(tmp_path: Path) -> None:
    refused = rejection(tmp_path, TABLE, {"data.checks.rows.min": 1201})
    assert refused.code == "too_few_rows"
    assert refused.detail == "the data version has 1,200 rows; data.checks.rows asks for 1,201"


def test_rows_of_earlier_uploads_count(tmp_path: Path) -> None:
    said = spec({"data.checks.rows.min": 1201})
    prepare(Source(write_csv(tmp_path, TABLE)), spec(), tmp_path / "before")
    upload = write_csv(tmp_path, rows(1200, 1210))
    assert prepare(Source(upload, tmp_path / "before" / "rows.parquet"), said, tmp_path / "data").rows == 1210


def test_no_outcome_at_all_is_rejected(tmp_path: Path) -> None:
    refused = rejection(tmp_path, [line | {"arr_delay": ""} for line in TABLE])
    assert (refused.code, refused.detail) == ("too_few_rows", "no row has an outcome")


def test_fewer_than_two_hundred_test_rows_are_rejected(tmp_path: Path) -> None:
    refused = rejection(tmp_path, TABLE[:990])
    assert (refused.code, refused.detail) == ("too_few_test_rows", "198 test rows, at least 200 are needed")


def test_fewer_than_twenty_test_rows_of_a_class_are_rejected(tmp_path: Path) -> None:
    table = [row(number, {"arr_delay": "30" if number < 900 or number > 1180 else "0"}) for number in range(1200)]
    table[0] |= {"arr_delay": "0"}
    refused = rejection(tmp_path, table)
    assert refused.code == "too_few_test_rows"
    assert refused.detail == "19 test rows of class 1, at least 20 are needed"


@pytest.mark.parametrize("delay", ["0", "30"])
def test_one_class_alone_is_rejected(tmp_path: Path, delay: str) -> None:
    refused = rejection(tmp_path, [line | {"arr_delay": delay} for line in TABLE])
    assert refused.code == "one_class"
    assert refused.detail == f"the training rows hold one class only: {int(delay == '30')}"


def test_a_class_that_is_only_among_the_test_rows_was_never_learned(tmp_path: Path) -> None:
    table = [row(number, {"arr_delay": "30" if number > 1000 and number % 2 else "0"}) for number in range(1200)]
    assert rejection(tmp_path, table).code == "one_class"


def test_a_class_of_words_is_named_by_its_word(tmp_path: Path) -> None:
    table = [line | {"arr_delay": "late"} for line in TABLE]
    refused = rejection(tmp_path, table, {"task": "multiclass", "data.target": "arr_delay"})
    assert refused.detail == "the training rows hold one class only: late"
