"""Columns: every setting of use for its type, and the target for its task."""

import pytest

from shared.domain.spec import resolve
from tests.unit.domain.spec.written import changed, refused


def test_the_spec_that_these_tests_change_is_a_spec() -> None:
    assert not refused()


@pytest.mark.parametrize("name", ["a b", "1st", "name\n", "näme", "x" * 64, "drop;--"])
def test_a_columns_name_that_breaks_the_pattern_is_refused(name: str) -> None:
    assert any(pointer.startswith("/data/columns/") for pointer in refused((f"/data/columns/{name}", "number")))


@pytest.mark.parametrize(
    ("column", "setting"),
    [
        ({"type": "category", "outside": "clip"}, "outside"),
        ({"type": "category", "missing": "clip"}, "missing"),
        ({"type": "category", "missing": "median"}, "missing"),
        ({"type": "category", "unseen": "median"}, "unseen"),
        ({"type": "category", "min": 1}, "min"),
        ({"type": "number", "unseen": "keep"}, "unseen"),
        ({"type": "number", "missing": "clip"}, "missing"),
        ({"type": "number", "values": ["1"]}, "values"),
        ({"type": "number", "outside": "clip"}, "outside"),
        ({"type": "integer", "unseen": {"value": "x"}}, "unseen"),
        ({"type": "timestamp", "missing": "mode"}, "missing"),
        ({"type": "timestamp", "max": 3}, "max"),
        ({"type": "text", "missing": {"value": "x"}}, "missing"),
        ({"type": "number", "feature": False, "missing": "median"}, "missing"),
    ],
)
def test_a_setting_of_no_use_for_the_columns_type_is_refused(column: dict[str, object], setting: str) -> None:
    assert list(refused(("/data/columns/extra", column))) == [f"/data/columns/extra/{setting}"]


@pytest.mark.parametrize(
    "column",
    [
        {"type": "category", "missing": "keep", "unseen": {"value": "other"}},
        {"type": "category", "missing": "mode", "unseen": "mode"},
        {"type": "number", "missing": {"value": 0}, "max": 9, "outside": "median"},
        {"type": "integer", "missing": "keep", "min": 1, "outside": {"value": 1}},
        {"type": "timestamp", "missing": "keep"},
        {"type": "text", "missing": "keep", "unseen": "reject", "outside": "reject"},
        "number",
    ],
)
def test_a_setting_that_makes_sense_for_the_columns_type_is_taken(column: object) -> None:
    assert not refused(("/data/columns/extra", column))


@pytest.mark.parametrize(
    ("column", "expected"),
    [
        ({"type": "number", "missing": {"value": "x"}}, "a number"),
        ({"type": "integer", "missing": {"value": 1.5}}, "an integer"),
        ({"type": "number", "min": 0, "missing": {"value": -1}}, "a number from min to max"),
        ({"type": "category", "missing": {"value": 3}}, "a text"),
        ({"type": "category", "values": ["a"], "missing": {"value": "b"}}, "one of values"),
    ],
)
def test_a_fill_that_the_column_cannot_hold_is_refused(column: dict[str, object], expected: str) -> None:
    assert refused(("/data/columns/extra", column))["/data/columns/extra/missing/value"].expected == expected


def test_a_lower_limit_above_the_upper_one_is_refused() -> None:
    problem = refused(("/data/columns/extra", {"type": "number", "min": 2, "max": 1}))["/data/columns/extra/min"]
    assert (problem.got, problem.expected, problem.fix) == ("2.0", "min up to max, which is 1", "swap them")


def test_a_value_that_is_listed_twice_is_refused() -> None:
    assert list(refused(("/data/columns/origin/values", ["EWR", "EWR"]))) == ["/data/columns/origin/values/1"]


def test_a_value_that_is_no_text_is_to_be_put_in_quotes() -> None:
    assert refused(("/data/columns/origin/values", [7]))["/data/columns/origin/values/0"].fix == (
        'write it in quotes: "7"'
    )


def test_the_short_form_of_a_column_is_its_type() -> None:
    long, short = ("/data/columns/extra", {"type": "number"}), ("/data/columns/extra", "number")
    assert resolve(changed(long)) == resolve(changed(short))


def test_a_spec_in_which_nothing_can_be_learned_is_refused() -> None:
    columns = {"time_hour": "timestamp", "note": "text", "flight": {"type": "integer", "feature": False}}
    changes = [("/data/columns", columns), ("/data/derive", {}), ("/data/key", []), ("/evaluate", {})]
    assert list(refused(*changes)) == ["/data/columns"]


def test_features_are_numbers_and_categories_that_are_not_kept_out() -> None:
    assert resolve(changed()).data.features == ("carrier", "origin", "distance")
    assert resolve(changed()).data.learned == {"carrier", "origin", "distance", "time_hour"}


@pytest.mark.parametrize(
    ("task", "target", "pointer"),
    [
        ("regression", {"column": "y", "above": 3}, "/data/target/above"),
        ("multiclass", {"column": "y", "above": 3}, "/data/target/above"),
        ("binary", {"column": "y", "missing": {"value": 3}}, "/data/target/missing/value"),
        ("regression", {"column": "y", "missing": {"value": "x"}}, "/data/target/missing/value"),
        ("binary", {"column": "y", "missing": "clip"}, "/data/target/missing"),
    ],
)
def test_a_target_that_does_not_fit_its_task_is_refused(task: str, target: object, pointer: str) -> None:
    changes = [("/task", task), ("/data/target", target), ("/train", {}), ("/evaluate", {})]
    assert list(refused(*changes)) == [pointer]


@pytest.mark.parametrize(
    ("task", "target"),
    [
        ("binary", "y"),
        ("binary", {"column": "y", "missing": {"value": 1}}),
        ("binary", {"column": "y", "above": 3, "missing": {"value": 99}}),
        ("multiclass", {"column": "y", "missing": {"value": "none"}}),
        ("regression", {"column": "y", "missing": {"value": 0.5}}),
    ],
)
def test_a_target_that_fits_its_task_is_taken(task: str, target: object) -> None:
    assert not refused(("/task", task), ("/data/target", target), ("/train", {}), ("/evaluate", {}))


@pytest.mark.parametrize("reaction", ["on_drift", "on_drop"])
@pytest.mark.parametrize("column", ["carrier", "distance"])
def test_a_private_column_is_no_feature_where_captured_rows_are_learned_from(reaction: str, column: str) -> None:
    private = (f"/data/columns/{column}/private", "hash")
    retrain = (f"/monitor/{reaction}", "retrain")
    assert not refused(private)
    assert list(refused(private, retrain)) == [private[0]]
    assert not refused(private, retrain, ("/predict/capture", "0%"))
    assert not refused(("/data/columns/flight/private", "hash"), retrain)
