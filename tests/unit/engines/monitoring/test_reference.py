"""The reference by hour: its rows are counted as captured ones are."""

from datetime import UTC, datetime, timedelta
from typing import Any

import numpy as np
from numpy.typing import NDArray

from shared.domain.profile import Numbers, Profile, categories
from shared.domain.signature import NO_TIME
from shared.domain.spec import resolve
from shared.engines.monitoring import Rows, reference
from shared.statistics import performance, profile

NINE = datetime(2013, 7, 1, 13, tzinfo=UTC)
"""Nine in the morning in New York."""

SECTIONS: dict[str, Any] = {
    "spec": 1,
    "model": "flights",
    "task": "binary",
    "data": {
        "time": {"column": "leaves", "zone": "America/New_York"},
        "target": {"column": "late"},
        "columns": {
            "leaves": "timestamp",
            "carrier": {"type": "category"},
            "miles": "number",
            "gate": {"type": "integer", "feature": False},
        },
        "derive": {"hour": {"hour": "leaves"}, "weekday": {"weekday": "leaves"}},
    },
    "notify": {"owners": ["email:a@example.com"]},
}
BINS = Profile(
    4,
    {
        "carrier": categories({"AA": 3, "UA": 1}),
        "miles": Numbers((500.0,), (2, 2)),
        "gate": Numbers((5.0,), (2, 2)),
        "hour": categories({str(hour): 1 for hour in range(24)}),
        "weekday": categories({str(day): 1 for day in range(7)}),
    },
    categories({"0": 2, "1": 2}),
)
COLUMNS: dict[str, NDArray[Any]] = {
    "leaves": np.array([int((NINE + timedelta(minutes=m)).timestamp()) for m in (0, 59, 60)] + [NO_TIME], np.int64),
    "carrier": np.array([0, 1, -1, 0], np.int32),
    "miles": np.array([100.0, 700.0, np.nan, 1.0]),
    "gate": np.array([1.0, 9.0, 9.0, 9.0]),
}
ROWS = Rows(
    COLUMNS.__getitem__, {"carrier": ("AA", "UA")}, np.array([0.2, 0.6, np.nan, 0.4]), np.array([0.0, 1.0, np.nan, 1.0])
)


def test_each_hour_is_counted_as_captured_rows_are() -> None:
    hours = reference(resolve(SECTIONS), BINS, ROWS).hours
    nine: dict[str, Any] = {"carrier": ["AA", "UA"], "miles": [100.0, 700.0], "gate": [1.0, 9.0], "hour": ["9", "9"]}
    ten: dict[str, Any] = {"carrier": [""], "miles": [np.nan], "gate": [9.0], "hour": ["10"], "weekday": ["0"]}
    assert hours.begin == int(NINE.timestamp()) // 3600
    assert hours.sums.rows.tolist() == [2, 1]
    captured = profile.counted(BINS, {**nine, "weekday": ["0", "0"], "prediction": np.array([0.2, 0.6])})
    np.testing.assert_array_equal(hours.sums.counts[0], captured)
    np.testing.assert_array_equal(hours.sums.counts[1], profile.counted(BINS, ten))


def test_what_was_said_of_each_row_is_measured_by_its_outcome() -> None:
    sums = reference(resolve(SECTIONS), BINS, ROWS).hours.sums
    said = performance.summed("binary", np.array([0.2, 0.6]), np.array([0.0, 1.0]))
    np.testing.assert_array_equal(sums.answers[0], said)
    assert (sums.outcomes.tolist(), sums.answers[1].any()) == ([2, 0], False)


def test_features_are_watched_and_what_is_no_feature_is_not() -> None:
    watched = reference(resolve(SECTIONS), BINS, ROWS).watched
    assert watched == ("carrier", "miles", "hour", "weekday", "prediction")


def test_rows_without_a_time_are_spread_so_that_only_chance_moves_them() -> None:
    spec = resolve(_untimed())
    hours = reference(spec, BINS, ROWS).hours
    assert hours.sums.rows.tolist() == [1, 1, 1, 1]


def _untimed() -> dict[str, Any]:
    data = {name: value for name, value in SECTIONS["data"].items() if name != "time"}
    return {**SECTIONS, "data": data}
