"""Metric math over lines of an alarm."""

import math

import pytest

from local.clockwork.metric_math import UnknownExpression, evaluate

GAP = math.nan
LINES = {"a": [1.0, 2.0, GAP], "b": [4.0, 0.0, 5.0]}


@pytest.mark.parametrize(
    ("expression", "expected"),
    [
        ("a + b", [5.0, 2.0, GAP]),
        ("a / b", [0.25, GAP, GAP]),
        ("-a * 100", [-100.0, -200.0, GAP]),
        ("FILL(a, 0) + b", [5.0, 2.0, 5.0]),
        ("IF(b > 1, b, 0)", [4.0, 0.0, 5.0]),
        ("IF(a > 1 && b < 1, 7, 8)", [8.0, 7.0, 8.0]),
        ("SUM(METRICS())", [5.0, 2.0, 5.0]),
        ("MAX([a, b])", [4.0, 2.0, 5.0]),
        ("ABS(a - b)", [3.0, 2.0, GAP]),
    ],
)
def test_an_expression_is_computed_for_each_period(expression: str, expected: list[float]) -> None:
    assert evaluate(expression, LINES, 3) == pytest.approx(expected, nan_ok=True)


@pytest.mark.parametrize("expression", ["ANOMALY_DETECTION_BAND(a)", "c", "a.b", "__import__('os')", "a +", "'a'"])
def test_anything_else_is_refused(expression: str) -> None:
    with pytest.raises(UnknownExpression):
        evaluate(expression, LINES, 3)
