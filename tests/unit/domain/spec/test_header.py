"""A file's header against a spec: each column of the file is said exactly once."""

from shared.domain.spec import columns_said, resolve
from tests.unit.domain.spec.written import changed

SPEC = resolve(changed())
HEADER = ("time_hour", "flight", "carrier", "origin", "distance", "remark", "arr_delay", "dep_delay", "year")


def test_a_header_that_says_each_column_once_has_no_problem() -> None:
    assert columns_said(SPEC, HEADER) == ()


def test_columns_that_are_known_later_or_ignored_may_be_absent() -> None:
    assert columns_said(SPEC, HEADER[:7]) == ()


def test_a_column_that_callers_send_must_be_there() -> None:
    problem, other = columns_said(SPEC, [name.replace("carrier", "carier") for name in HEADER])
    assert (problem.pointer, problem.got, problem.fix) == ("/data/columns/carrier", "carrier", "did you mean carier?")
    assert (other.pointer, other.got, other.fix) == ("/data", "carier", "did you mean carrier?")


def test_the_target_must_be_there() -> None:
    assert [problem.pointer for problem in columns_said(SPEC, HEADER[:6])] == ["/data/target/column"]


def test_a_column_that_nobody_says_is_refused() -> None:
    (problem,) = columns_said(SPEC, (*HEADER, "weather"))
    assert problem.got == "weather"
    assert problem.fix == "add it to data.columns, data.after or data.ignore"


def test_a_column_twice_in_the_file_is_refused() -> None:
    (problem,) = columns_said(SPEC, (*HEADER, "year"))
    assert (problem.got, problem.detail) == ("year", "a column that stands in the file 2 times")
