"""Fidelity: a row whose test fails, or is gone, is named; the tests of the rows themselves run in their suites."""

from pathlib import Path

import pytest

from tests.proofs import fidelity

ROWS = {"names": ("they may be anything", "test_engine.py::test_names"), "limits": ("none", "test_engine.py::test_it")}


def test_a_row_holds_when_all_cases_of_its_test_pass() -> None:
    held = {"test_engine.py::test_names": True, "test_engine.py::test_it": True}
    assert [line[:5] for line in fidelity.told(ROWS, held)] == ["holds", "holds"]


def test_a_row_whose_test_fails_or_is_gone_is_named_with_its_test() -> None:
    [fails, gone] = fidelity.told(ROWS, {"test_engine.py::test_names": False})
    assert fails == "FAILS  names                    they may be anything\n       test_engine.py::test_names"
    assert gone.endswith("test_engine.py::test_it")


def test_one_case_that_fails_is_a_test_that_fails() -> None:
    outcomes = fidelity.Outcomes()
    outcomes.held = {"a::b": False}
    outcomes.pytest_runtest_logreport(report("a::b[two]"))
    outcomes.pytest_runtest_logreport(report("a::c[one]"))
    assert outcomes.held == {"a::b": False, "a::c": True}


def report(node: str) -> pytest.TestReport:
    return pytest.TestReport(node, (str(Path(__file__)), 1, node), {}, "passed", None, "call")
