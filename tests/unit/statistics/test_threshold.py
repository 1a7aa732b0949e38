"""The cheapest threshold is the cheapest."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.statistics.threshold import cheapest
from tests.unit.statistics.samples import binary


def cost(threshold: float, truth: np.ndarray, probability: np.ndarray, alarm: float, miss: float) -> float:
    yes = probability >= threshold
    return float(alarm * (yes & (truth == 0)).sum() + miss * (~yes & (truth == 1)).sum())


def test_between_the_probabilities_that_part_right_from_wrong() -> None:
    assert cheapest(np.array([0.0, 0, 1, 1]), np.array([0.1, 0.4, 0.6, 0.9]), 1, 1) == pytest.approx(0.5)


def test_a_dear_miss_lowers_it_and_a_dear_alarm_raises_it() -> None:
    answers = binary(3000)
    low, middle, high = (cheapest(answers.truth, answers.score, *costs) for costs in ((1, 4), (1, 1), (4, 1)))
    assert low < middle < high


def test_near_the_share_of_costs_where_probabilities_are_true() -> None:
    answers = binary(40_000)
    assert cheapest(answers.truth, answers.score, 1, 3) == pytest.approx(0.25, abs=0.04)


def test_everything_is_a_yes_where_only_yes_is_right_and_nothing_where_only_no_is() -> None:
    probability = np.array([0.0, 0.5, 1.0])
    assert (probability >= cheapest(np.ones(3), probability, 1, 1)).all()
    assert not (probability >= cheapest(np.zeros(3), probability, 1, 1)).any()


@given(
    st.lists(st.tuples(st.booleans(), st.integers(0, 20)), min_size=1, max_size=40),
    st.floats(0.1, 10),
    st.floats(0.1, 10),
)
def test_no_threshold_costs_less(rows: list[tuple[bool, int]], alarm: float, miss: float) -> None:
    truth, twentieths = (np.array(column, dtype=np.float64) for column in zip(*rows, strict=True))
    probability = twentieths / 20
    least = min(cost(each, truth, probability, alarm, miss) for each in (*probability, 2.0))
    found = cheapest(truth, probability, alarm, miss)
    assert cost(found, truth, probability, alarm, miss) == pytest.approx(least)
