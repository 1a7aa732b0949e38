"""Quiet months: chance alone alarms no more often than the spec bears, over many references and many months."""

import numpy as np
import pytest

from shared.engines.monitoring import Budget, Reference, drift, realised
from shared.engines.monitoring.panel import Panel
from tests.unit.engines.monitoring.made import hours, reference

BEARABLE = 1.0
"""Alarms a month, both kinds together."""

MONTH, COOL_DOWN = 720, 168
REFERENCES, MONTHS = 40, 5


def told(panel: Panel, ends: "np.ndarray[tuple[int], np.dtype[np.int64]]") -> int:
    """How many findings these windows come to: one in a cool-down."""
    findings, last = 0, -COOL_DOWN
    for end in ends[panel.score >= 1].tolist():
        if end - last >= COOL_DOWN:
            findings, last = findings + 1, end
    return findings


def a_month(before: Reference, seed: int, budget: Budget) -> int:
    """The findings of a quiet month, windows of all its hours among them."""
    quiet = hours(6, seed)
    ends = np.arange(budget.length, budget.length + MONTH + 1, budget.every)
    panels = drift(before, quiet, ends, budget), realised("binary", before, quiet, ends, budget)
    return sum(told(panel, ends) for panel in panels)


@pytest.mark.slow
@pytest.mark.parametrize(("length", "every"), [(168, 1), (168, 6), (24, 24)])
def test_two_hundred_quiet_months_alarm_no_more_often_than_is_bearable(length: int, every: int) -> None:
    budget = Budget(BEARABLE / 2, MONTH, length, every)
    found = [
        a_month(before, 1000 * number + month, budget)
        for number in range(REFERENCES)
        for before in [reference(seed=900_000 + number)]
        for month in range(MONTHS)
    ]
    assert len(found) == 200
    assert np.mean(found) <= BEARABLE


def test_ten_quiet_months_alarm_no_more_often_than_is_bearable() -> None:
    budget = Budget(BEARABLE / 2, MONTH, 168, 24)
    before = reference(seed=900_000)
    assert np.mean([a_month(before, month, budget) for month in range(10)]) <= BEARABLE
