"""False alarms: from a budget to a number of standard deviations."""

import numpy as np
import pytest
from scipy.stats import norm, t

from shared.statistics.false_alarms import rate, reach

FOR_EVER = 1e9
"""Pieces of a reference that is known exactly."""


def test_one_look_that_shares_no_rows_is_the_normal_quantile() -> None:
    assert reach(0.01, 1, 1, 1, FOR_EVER) == pytest.approx(norm.isf(0.01), abs=2e-3)


def test_ways_to_alarm_share_the_budget() -> None:
    assert reach(0.05, 10, 1, 4, FOR_EVER) == pytest.approx(norm.isf(0.05 / 40), abs=2e-3)


def test_a_short_reference_reaches_as_far_as_students_distribution() -> None:
    chance = norm.sf(reach(0.01, 1, 1, 1, FOR_EVER))
    assert reach(0.01, 1, 1, 1, 13) == pytest.approx(t.isf(chance, 12) * np.sqrt(1 + 1 / 13), rel=1e-6)


def test_more_looks_and_smaller_budgets_reach_further() -> None:
    reaches = [reach(bearable, 4, looks, 3, 13) for bearable, looks in ((2.0, 1), (2.0, 7), (0.5, 7), (0.1, 7))]
    assert reaches == sorted(reaches)
    assert len(set(reaches)) == 4


def test_hourly_looks_over_a_week_cost_less_than_as_many_looks_of_their_own() -> None:
    assert rate(np.array([3.0]), 168) < 168 * norm.sf(3) / 10


def test_moving_sums_leave_the_usual_as_often_as_is_said() -> None:
    drawn = np.random.default_rng(11)
    hours = drawn.normal(size=168 * 20_000)
    sums = np.cumsum(hours)
    windows = (sums[168:] - sums[:-168]) / np.sqrt(168)
    beyond = windows > 3
    excursions, last = 0, -168
    for place in np.flatnonzero(beyond).tolist():
        excursions += place - last >= 168
        last = place
    assert excursions / 20_000 == pytest.approx(float(rate(np.array([3.0]), 168)[0]), rel=0.25)
