"""DeLong's variance equals its definition, and its intervals hold as often as they say."""

import numpy as np
import pytest
from scipy.stats import norm

from shared.statistics.answers import Answers
from shared.statistics.delong import roc_auc
from tests.unit.statistics.samples import binary, noisier


def components(answers: Answers) -> tuple[np.ndarray, np.ndarray]:
    """Every pair of a positive and a negative row, as DeLong 1988 writes it: 1 above, 1/2 tied, 0 below."""
    above = answers.score[answers.truth == 1][:, None]
    below = answers.score[answers.truth == 0][None, :]
    pairs = (above > below) + 0.5 * (above == below)
    return pairs.mean(axis=1), pairs.mean(axis=0)


def test_four_rows_by_hand() -> None:
    found = roc_auc(Answers(np.array([1.0, 1, 0, 0]), np.array([0.8, 0.4, 0.1, 0.4])))
    assert found.value == 0.875
    assert found.rows @ found.rows == pytest.approx(0.03125)  # S10 = S01 = 1/32, over two rows each


def test_the_variance_is_that_of_all_pairs() -> None:
    answers = binary(300)
    positive, negative = components(answers)
    found = roc_auc(answers)
    expected = positive.var(ddof=1) / len(positive) + negative.var(ddof=1) / len(negative)
    assert found.rows @ found.rows == pytest.approx(expected, rel=1e-12)


def test_the_paired_variance_has_the_covariance_taken_off() -> None:
    left = binary(300)
    right = noisier(left)
    (left_up, left_down), (right_up, right_down) = components(left), components(right)
    apart = roc_auc(left).minus(roc_auc(right)).rows
    expected = (left_up - right_up).var(ddof=1) / len(left_up) + (left_down - right_down).var(ddof=1) / len(left_down)
    assert apart @ apart == pytest.approx(expected, rel=1e-12)


def test_the_95_percent_interval_holds_the_true_area_95_times_in_100() -> None:
    draw = np.random.default_rng(1)
    truth = np.repeat((0.0, 1.0), (400, 200))
    area = norm.cdf(1 / np.sqrt(2))  # of two unit normals one apart
    found = [roc_auc(Answers(truth, draw.normal(truth, 1))).estimate(0.95) for _ in range(600)]
    assert np.mean([each.low <= area <= each.high for each in found]) == pytest.approx(0.95, abs=0.025)
