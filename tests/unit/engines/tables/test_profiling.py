"""The reference counts the training rows, each once a column."""

from bisect import bisect_right
from collections.abc import Mapping
from pathlib import Path
from zoneinfo import ZoneInfo

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from shared.domain.profile import PROBABILITIES, Categories, Numbers, Profile, empty, from_json
from shared.domain.signature import NO_TIME
from shared.engines.tables import Source, prepare
from shared.engines.tables.profiling import instants, numbers
from tests.unit.engines.tables.flights import FIRST_HOUR, row, rows, spec, write_csv

finite = st.floats(-1e6, 1e6, allow_nan=False)


def reference(folder: Path, table: list[dict[str, str]], changes: Mapping[str, object] | None = None) -> Profile:
    prepare(Source(write_csv(folder, table)), spec(changes), folder / "data")
    return from_json((folder / "data" / "profile.json").read_text("utf-8"))


def test_the_reference_counts_training_rows_only(tmp_path: Path) -> None:
    profile = reference(tmp_path, rows(0, 1200))
    assert profile.rows == 960
    assert profile.columns["carrier"] == Categories(("AA", "DL", "UA"), (320, 320, 320), (0,) * 256)
    assert profile.target == Categories(("0", "1"), (640, 320), (0,) * 256)


def test_numbers_are_counted_between_deciles_and_missing_ones_apart(tmp_path: Path) -> None:
    table = [row(number, {"distance": str(number) if number % 12 else ""}) for number in range(1200)]
    distance = reference(tmp_path, table).columns["distance"]
    assert isinstance(distance, Numbers)
    assert (len(distance.edges), len(distance.counts), distance.missing) == (9, 10, 80)
    assert sum(distance.counts) == 880
    assert max(distance.counts) - min(distance.counts) <= 2


def test_hours_and_weekdays_are_those_of_the_zone(tmp_path: Path) -> None:
    table = [
        row(number, {"time_hour": row(number + 24 * 60)["time_hour"]}) for number in range(1200)
    ]  # over the change of March
    profile = reference(tmp_path, table).columns
    zone = ZoneInfo("America/New_York")
    first = FIRST_HOUR.timestamp() + 24 * 60 * 3600
    local = [FIRST_HOUR.fromtimestamp(first + 3600 * number, zone) for number in range(960)]
    for name, clock in (("dep_hour", [at.hour for at in local]), ("weekday", [at.weekday() for at in local])):
        counted = profile[name]
        assert isinstance(counted, Categories)
        by_word = dict(zip(counted.top, counted.counts, strict=True))
        assert by_word == {str(value): clock.count(value) for value in set(clock)}


@given(st.lists(finite, min_size=1, max_size=60), st.integers(0, 5))
def test_each_number_is_counted_in_its_bin(values: list[float], missing: int) -> None:
    counted = numbers(np.array([*values, *[np.nan] * missing]))
    expected = [0] * (len(counted.edges) + 1)
    for value in values:
        expected[bisect_right(counted.edges, value)] += 1
    assert (list(counted.counts), counted.missing) == (expected, missing)


@given(st.lists(finite, min_size=1, max_size=60))
def test_the_knots_go_from_the_smallest_to_the_largest_and_count_what_is_below(values: list[float]) -> None:
    counted = numbers(np.array(values))
    assert (counted.knots[0], counted.knots[-1]) == (min(values), max(values))
    assert list(counted.below) == [sum(value < knot for value in values) for knot in counted.knots]


def test_a_column_of_nothing_has_one_empty_bin() -> None:
    assert numbers(np.array([np.nan, np.nan])) == Numbers((), (0,), 2)


def test_the_time_column_texts_and_private_columns_are_not_watched(tmp_path: Path) -> None:
    private = {"type": "number", "min": 0, "feature": False, "private": "hash"}
    table = reference(tmp_path, rows(0, 1200), {"data.columns.distance": private})
    assert list(table.columns) == ["flight", "carrier", "origin", "dep_hour", "weekday"]


def test_another_timestamp_is_counted_between_the_deciles_of_its_seconds(tmp_path: Path) -> None:
    table = reference(tmp_path, rows(0, 1200), {"data.time": None, "data.derive": None})
    times = table.columns["time_hour"]
    assert isinstance(times, Numbers)
    assert (len(times.counts), sum(times.counts)) == (10, table.rows)
    assert instants(np.array([NO_TIME, 5])) == Numbers((5.0,), (0, 1), 1, (5.0,), (0,))


def test_answers_will_be_counted_in_bins_of_their_task(tmp_path: Path) -> None:
    yes_or_no = reference(tmp_path, rows(0, 1200))
    assert yes_or_no.prediction == Numbers(PROBABILITIES, (0,) * 20)
    (tmp_path / "minutes").mkdir()
    minutes = {"task": "regression", "data.target": "arr_delay"}
    value = reference(tmp_path / "minutes", rows(0, 1200), minutes)
    assert value.prediction == empty(value.target)
