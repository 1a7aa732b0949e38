"""Each row is held to the spec: what is refused is named by line, column, got and expected."""

from collections.abc import Mapping
from pathlib import Path

import pytest

from shared.engines.tables import Source, prepare
from tests.unit.engines.tables.flights import read_rejects, row, rows, spec, write_csv

TABLE = rows(0, 1200)
LINE = 7
OFFSET = "its offset too, as in 2013-01-01T10:00:00-05:00 or 2013-01-01T15:00:00Z"
EPOCH = "a timestamp, no epoch number: 2013-01-01T15:00:00Z"
INSTANT = "a timestamp with offset, as in 2013-01-01T10:00:00-05:00"
INTEGER = "an integer such as 7, within ±9,007,199,254,740,991"
NUMBER = "a number such as 12.5, within ±3.4e38"


BAD = [
    ("time_hour", "2013-01-01T10:00:00", OFFSET),
    ("time_hour", "2013-01-01 10:00:00.5", OFFSET),
    ("time_hour", "1357034400", EPOCH),
    ("time_hour", "2013-02-30T10:00:00Z", INSTANT),
    ("time_hour", "2013-01-01T24:00:00Z", INSTANT),
    ("time_hour", "2013-01-01T10:00:60Z", INSTANT),
    ("time_hour", "2013-01-01T10:00:00+24:00", INSTANT),
    ("time_hour", "0000-01-01T10:00:00Z", INSTANT),
    ("time_hour", "1/1/2013", INSTANT),
    ("time_hour", "", "a value"),
    ("flight", "7.5", INTEGER),
    ("flight", "0", "at least 1"),
    ("flight", "-3", "at least 1"),
    ("flight", "9007199254740992", INTEGER),
    ("flight", "UA1545", INTEGER),
    ("flight", "", "a value"),
    ("carrier", "", "a value"),
    ("origin", "ERW", "EWR, JFK or LGA"),
    ("origin", "ewr", "EWR, JFK or LGA"),
    ("origin", " EWR", "EWR, JFK or LGA"),
    ("origin", "", "a value"),
    ("distance", "far", NUMBER),
    ("distance", " 100", NUMBER),
    ("distance", "1_000", NUMBER),
    ("distance", "NaN", NUMBER),
    ("distance", "inf", NUMBER),
    ("distance", "1e999", NUMBER),
    ("distance", "1e39", NUMBER),
    ("distance", "0x1F", NUMBER),
    ("distance", "NA", NUMBER),
    ("arr_delay", "late", NUMBER),
]
GOOD: list[dict[str, str]] = [
    {"time_hour": "2013-01-01 10:00:00.123456789+05:30"},
    {"flight": "7.0"},
    {"flight": "+7"},
    {"flight": "7e2"},
    {"carrier": "a carrier that nobody knows"},
    {"distance": ""},
    {"distance": "-5"},
    {"distance": ".5"},
    {"arr_delay": ""},
    {"air_time": "anything"},
    {"tailnum": ""},
]


def rejects(folder: Path, cells: Mapping[str, str], changes: Mapping[str, object]) -> list[tuple[str, str, str]]:
    """What is refused of line 7 when these cells stand in it: column, got, expected."""
    table = [*TABLE[: LINE - 2], row(LINE - 2, cells), *TABLE[LINE - 1 :]]
    prepare(Source(write_csv(folder, table)), spec(changes), folder / "data")
    refused = read_rejects(folder / "data")
    assert all(line == LINE for line, *_ in refused)
    return [(column, got, expected) for _, column, got, expected in refused]


@pytest.fixture(scope="module")
def refused(tmp_path_factory: pytest.TempPathFactory) -> dict[int, tuple[str, str, str]]:
    """One upload with every bad cell, then every odd but good row: what is refused, by row number."""
    folder = tmp_path_factory.mktemp("airline")
    odd = [{column: cell} for column, cell, _ in BAD] + GOOD
    table = [row(number, cells) for number, cells in enumerate(odd)] + TABLE[len(odd) :]
    lenient = spec({"data.checks.rejected.max": "50%"})
    prepare(Source(write_csv(folder, table)), lenient, folder / "data")
    return {line - 2: (column, got, expected) for line, column, got, expected in read_rejects(folder / "data")}


@pytest.mark.parametrize("number", range(len(BAD)), ids=[f"{column}={cell}" for column, cell, _ in BAD])
def test_a_bad_cell_is_named(refused: Mapping[int, tuple[str, str, str]], number: int) -> None:
    column, cell, expected = BAD[number]
    assert refused[number] == (column, cell, expected)


@pytest.mark.parametrize("number", range(len(GOOD)), ids=[str(cells) for cells in GOOD])
def test_what_the_spec_lets_pass_is_kept(refused: Mapping[int, tuple[str, str, str]], number: int) -> None:
    assert len(BAD) + number not in refused


def test_every_bad_cell_of_a_row_is_named_and_the_row_counts_once(tmp_path: Path) -> None:
    bad = {"carrier": "", "origin": "ERW", "distance": "far"}
    made = prepare(Source(write_csv(tmp_path, [row(0, bad), *TABLE[1:]])), spec(), tmp_path / "data")
    assert [reject.column for reject in made.rejected] == ["carrier", "origin", "distance"]
    assert (made.rows, made.rejected_count, len(made.rejected)) == (1199, 1, 3)


def test_both_limits_are_inclusive(tmp_path: Path) -> None:
    limited = {"data.columns.distance": {"type": "number", "min": 100.5, "max": 106.5}}
    assert rejects(tmp_path, {}, limited) == []
    assert rejects(tmp_path, {"distance": "106.6"}, limited) == [("distance", "106.6", "at most 106.5")]


def test_a_key_is_needed_even_where_missing_is_kept(tmp_path: Path) -> None:
    kept = {"data.columns.carrier": {"type": "category", "missing": "keep"}}
    assert rejects(tmp_path, {"carrier": ""}, kept) == [("carrier", "", "a value")]


def test_a_private_value_is_never_shown(tmp_path: Path) -> None:
    private = {"data.columns.flight": {"type": "integer", "feature": False, "private": "hash"}}
    assert rejects(tmp_path, {"flight": "secret"}, private) == [("flight", "(private)", INTEGER)]


def test_a_long_value_is_shown_in_part(tmp_path: Path) -> None:
    assert rejects(tmp_path, {"distance": "x" * 500}, {}) == [("distance", "x" * 80, NUMBER)]


def test_an_outcome_is_needed_unless_the_spec_skips_its_absence(tmp_path: Path) -> None:
    needed = {"data.target": {"column": "arr_delay", "above": 15}}
    assert rejects(tmp_path, {"arr_delay": ""}, needed) == [("arr_delay", "", "an outcome")]


def test_an_absent_outcome_may_have_a_value(tmp_path: Path) -> None:
    filled = {"data.target": {"column": "arr_delay", "above": 15, "missing": {"value": 99}}}
    assert rejects(tmp_path, {"arr_delay": ""}, filled) == []
    assert prepare(Source(tmp_path / "flights.csv"), spec(filled), tmp_path / "again").skipped == 0


@pytest.mark.parametrize("words", [("0", "1"), ("false", "true"), ("False", "True"), ("0.0", "1.0")])
def test_a_binary_target_without_a_limit_says_yes_or_no(tmp_path: Path, words: tuple[str, str]) -> None:
    table = [line | {"arr_delay": words[line["arr_delay"] == "30"]} for line in TABLE]
    said = spec({"data.target": "arr_delay"})
    made = prepare(Source(write_csv(tmp_path, table)), said, tmp_path / "data")
    assert made.rejected_count == 0
    assert made.positives == pytest.approx(1 / 3, abs=0.01)


def test_a_binary_target_without_a_limit_is_nothing_else(tmp_path: Path) -> None:
    table = [line | {"arr_delay": "1" if line["arr_delay"] == "30" else "0"} for line in TABLE[:-1]]
    said = spec({"data.target": "arr_delay"})
    made = prepare(Source(write_csv(tmp_path, [*table, row(1199, {"arr_delay": "2"})])), said, tmp_path / "data")
    assert [(reject.got, reject.expected) for reject in made.rejected] == [("2", "0 or 1, or false or true")]
