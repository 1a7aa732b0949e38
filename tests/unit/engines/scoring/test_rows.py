"""JSON rows → a batch, and what is said of rows that do not fit."""

from math import isnan
from typing import Any

import numpy as np
import pytest

from shared.domain.errors import Problem, RowsRefused
from shared.domain.signature import NO_TIME, Input, Output, Signature
from shared.domain.spec import Task
from shared.domain.spec.data import ColumnType
from shared.engines.scoring import encode

ALL = frozenset({"missing", "unseen", "outside"})
STRICT = Signature(
    (
        Input("time_hour", ColumnType.TIMESTAMP, feature=True, refuses=ALL),
        Input("flight", ColumnType.INTEGER, feature=False),
        Input("origin", ColumnType.CATEGORY, feature=True, refuses=ALL, values=("EWR", "JFK", "LGA")),
        Input("carrier", ColumnType.CATEGORY, feature=True, refuses=frozenset({"missing"})),
        Input("seats", ColumnType.INTEGER, feature=True, refuses=ALL, min=1, max=900),
        Input("distance", ColumnType.NUMBER, feature=True, min=0),
    ),
    Output(Task.BINARY, "late", ("false", "true"), 0.5),
)
GOOD = {"time_hour": "2013-01-01T05:00:00-05:00", "origin": "JFK", "carrier": "AA", "seats": 180, "distance": 1400.5}


def problem(row: dict[str, Any]) -> Problem:
    with pytest.raises(RowsRefused) as refused:
        encode([GOOD, row], STRICT)
    (only,) = refused.value.problems
    return only


def test_a_good_row_becomes_one_array_a_feature() -> None:
    batch = encode([GOOD], STRICT)
    assert batch["time_hour"].tolist() == [[1357034400]]
    assert batch["origin"].tolist() == [["JFK"]]
    assert batch["seats"].tolist() == [[180.0]]
    assert batch["distance"].tolist() == [[1400.5]]
    assert [cells.dtype for cells in batch.values()] == [np.int64, object, object, np.float32, np.float32]


def test_what_is_no_feature_may_be_sent_or_left_out_and_is_not_passed_on() -> None:
    assert encode([GOOD | {"flight": 12}, GOOD], STRICT).keys() == {
        "time_hour",
        "origin",
        "carrier",
        "seats",
        "distance",
    }


def test_a_whole_number_may_be_written_with_a_point() -> None:
    assert encode([GOOD | {"seats": 180.0}], STRICT)["seats"].tolist() == [[180.0]]


@pytest.mark.parametrize("missing", [None, ""])
def test_missing_cells_that_are_not_refused_become_gaps(missing: str | None) -> None:
    loose = Signature(tuple(Input(column.name, column.type, feature=True) for column in STRICT.inputs), STRICT.output)
    batch = encode([dict.fromkeys(GOOD, missing)], loose)
    assert batch["time_hour"].tolist() == [[NO_TIME]]
    assert batch["origin"].tolist() == [[""]]
    assert isnan(batch["distance"][0, 0])


@pytest.mark.parametrize("sent", [{}, {"origin": None}, {"origin": ""}])
def test_a_missing_cell_is_refused_where_the_spec_refuses_it(sent: dict[str, Any]) -> None:
    row = {name: cell for name, cell in GOOD.items() if name != "origin"} | sent
    assert problem(row) == Problem(
        "/instances/1/origin", "is missing", expected="a value of type category", fix="send the column with every row"
    )


@pytest.mark.parametrize("cell", [5, 5.0, True, ["JFK"], {"is": "JFK"}])
def test_only_a_string_is_a_category(cell: object) -> None:
    assert problem(GOOD | {"carrier": cell}).expected == "a JSON string"


@pytest.mark.parametrize("cell", ["180", True, [180], "NaN"])
def test_only_a_number_is_a_number(cell: object) -> None:
    assert problem(GOOD | {"distance": cell}).expected == "a JSON number"


@pytest.mark.parametrize(("cell", "expected"), [(1.5, "a whole number"), (0, "at least 1"), (901, "at most 900")])
def test_an_integer_is_whole_and_within_its_limits(cell: float, expected: str) -> None:
    assert problem(GOOD | {"seats": cell}).expected == expected


@pytest.mark.parametrize("cell", [1, 900])
def test_limits_are_inclusive(cell: int) -> None:
    assert encode([GOOD | {"seats": cell}], STRICT)["seats"].tolist() == [[float(cell)]]


def test_a_number_outside_its_limits_is_left_to_the_artifact_where_the_spec_does_not_refuse_it() -> None:
    assert encode([GOOD | {"distance": -3}], STRICT)["distance"].tolist() == [[-3.0]]


@pytest.mark.parametrize("cell", [1e39, -1e39, 10**400])
def test_a_number_that_the_artifact_cannot_hold_is_refused(cell: float) -> None:
    assert problem(GOOD | {"distance": cell}).detail == "is too large"


def test_a_value_that_the_model_never_saw_is_refused_where_the_spec_refuses_it() -> None:
    assert problem(GOOD | {"origin": "SFO"}).expected == "one of EWR, JFK, LGA"


def test_an_unseen_value_is_left_to_the_artifact_where_the_spec_keeps_it() -> None:
    assert encode([GOOD | {"carrier": "ZZ"}], STRICT)["carrier"].tolist() == [["ZZ"]]


def test_a_long_list_of_values_is_cut_short() -> None:
    many = Input("dest", ColumnType.CATEGORY, feature=True, refuses=ALL, values=tuple(f"A{n:03}" for n in range(500)))
    with pytest.raises(RowsRefused) as refused:
        encode([{"dest": "B"}], Signature((many,), STRICT.output))
    expected = refused.value.problems[0].expected
    assert expected.startswith("one of 500 values: A000, A001")
    assert len(expected) < 100


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("2013-01-01T10:00:00Z", 1357034400),
        ("2013-01-01 05:00:00-05:00", 1357034400),
        ("2013-01-01T10:00:00.999999999Z", 1357034400),
        ("1969-12-31T23:59:59.5Z", -1),
    ],
)
def test_a_timestamp_is_whole_seconds_whatever_its_offset(text: str, seconds: int) -> None:
    assert encode([GOOD | {"time_hour": text}], STRICT)["time_hour"].tolist() == [[seconds]]


@pytest.mark.parametrize(
    "cell",
    [
        "2013-01-01T10:00:00",
        "2013-01-01",
        1357034400,
        "20130101T100000Z",
        "2013-01-01T10:00:00Z\n",
        "٢٠13-01-01T10:00:00Z",
    ],
)
def test_a_timestamp_has_a_date_a_time_and_an_offset(cell: object) -> None:
    assert problem(GOOD | {"time_hour": cell}).fix == "add the offset, such as Z or -05:00"


@pytest.mark.parametrize("text", ["2013-02-30T10:00:00Z", "2013-01-01T25:00:00Z", "0000-01-01T10:00:00Z"])
def test_a_timestamp_exists(text: str) -> None:
    assert problem(GOOD | {"time_hour": text}).detail == "is not on the calendar"


def test_an_unknown_column_is_refused_with_the_name_that_was_meant() -> None:
    assert problem(GOOD | {"distanse": 3}).fix == "did you mean distance?"
    assert problem(GOOD | {"zzz": 3}).fix == "leave it out"


def test_many_unknown_columns_are_counted_and_a_hundred_named() -> None:
    with pytest.raises(RowsRefused, match="150 of what was sent") as refused:
        encode([GOOD | {f"column_{number}": 1 for number in range(150)}], STRICT)
    assert len(refused.value.problems) == 100


def test_the_pointer_to_an_unknown_column_is_escaped_and_short() -> None:
    assert problem(GOOD | {"a/b~c": 3}).pointer == "/instances/1/a~1b~0c"
    assert len(problem(GOOD | {"x" * 500: 3}).pointer) < 100


def test_what_is_no_feature_still_has_to_be_of_its_type() -> None:
    assert problem(GOOD | {"flight": "12"}).pointer == "/instances/1/flight"


def test_all_bad_cells_are_told_at_once_and_never_repeated() -> None:
    secret = "4929 0000 1111"
    with pytest.raises(RowsRefused) as refused:
        encode([GOOD | {"origin": secret, "seats": secret}, GOOD | {"distance": secret}], STRICT)
    assert [p.pointer for p in refused.value.problems] == [
        "/instances/0/origin",
        "/instances/0/seats",
        "/instances/1/distance",
    ]
    assert secret not in repr(refused.value.problems) + refused.value.detail


def test_a_thousand_bad_cells_are_counted_and_a_hundred_named() -> None:
    with pytest.raises(RowsRefused, match="1000 of what was sent") as refused:
        encode([GOOD | {"seats": -1}] * 1000, STRICT)
    assert len(refused.value.problems) == 100


def test_a_row_that_is_no_object_is_refused() -> None:
    with pytest.raises(RowsRefused) as refused:
        encode([GOOD, ["JFK"]], STRICT)  # type: ignore[list-item]  # what a caller may send
    assert refused.value.problems == (Problem("/instances/1", "is not a row", expected="a JSON object of columns"),)
