"""Reliability, calibration error and slope against published and scikit-learn's values."""

import numpy as np
import pytest
from scipy.special import expit, logit
from sklearn.calibration import calibration_curve
from sklearn.linear_model import LogisticRegression

from shared.statistics import calibration
from shared.statistics.answers import Unmeasurable
from tests.unit.statistics.samples import binary


def test_bins_are_scikit_learns_quantile_bins() -> None:
    draw = np.random.default_rng(4)
    probability = draw.random(1000)
    truth = (draw.random(1000) < probability).astype(np.float64)
    happened, promised = calibration_curve(truth, probability, n_bins=10, strategy="quantile")
    bins = calibration.reliability(truth, probability)
    assert [each.promised for each in bins] == pytest.approx(promised)
    assert [each.happened for each in bins] == pytest.approx(happened)
    assert [each.rows for each in bins] == [100] * 10


@pytest.mark.parametrize(
    ("positives", "rows", "low", "high"),
    [(81, 263, 0.2553, 0.3662), (15, 148, 0.0624, 0.1605), (0, 20, 0.0, 0.1611), (1, 29, 0.0061, 0.1718)],
)
def test_the_interval_of_a_bin_is_wilsons_as_newcombe_1998_tables_it(
    positives: int, rows: int, low: float, high: float
) -> None:
    truth = np.repeat((1.0, 0.0), (positives, rows - positives))
    (only,) = calibration.reliability(truth, np.full(rows, 0.3))
    assert (only.low, only.high) == pytest.approx((low, high), abs=5e-5)


def test_equal_probabilities_share_a_bin() -> None:
    probability = np.repeat((0.2, 0.7), (50, 50))
    bins = calibration.reliability((probability > 0.5).astype(np.float64), probability)
    assert [each.promised for each in bins] == pytest.approx([0.2, 0.7])
    assert [each.rows for each in bins] == [50, 50]


def test_the_error_is_the_mean_distance_weighted_by_rows() -> None:
    bins = (
        calibration.Bin(0.1, 0.2, 0, 1, 30),
        calibration.Bin(0.6, 0.5, 0, 1, 10),
        calibration.Bin(0.9, 0.9, 0, 1, 60),
    )
    assert calibration.error(bins) == pytest.approx(0.04)


def test_too_little_promised_lies_above_zero_in_the_large() -> None:
    truth, probability = np.array([1.0, 1, 0, 0]), np.full(4, 0.3)
    assert calibration.in_the_large(truth, probability).value == pytest.approx(0.2)


def test_the_slope_is_that_of_an_unpenalised_logistic_regression() -> None:
    answers = binary(2000)
    odds = logit(answers.score)[:, None]
    expected = LogisticRegression(C=np.inf, tol=1e-10).fit(odds, answers.truth).coef_[0, 0]
    assert calibration.slope(answers.truth, answers.score).value == pytest.approx(expected, rel=1e-4)


def test_a_slope_of_one_is_found_where_probabilities_are_true_and_of_a_half_where_twice_too_extreme() -> None:
    draw = np.random.default_rng(3)
    odds = draw.normal(0, 1, 4000)
    truth = (draw.random(4000) < expit(odds)).astype(np.float64)
    for stretch in (1, 2):
        found = calibration.slope(truth, expit(odds * stretch))
        assert found.low < 1 / stretch < found.high
        assert found.high - found.low < 0.2


@pytest.mark.parametrize("probability", [np.full(6, 0.4), np.array([0.1, 0.2, 0.3, 0.7, 0.8, 0.9])])
def test_there_is_no_slope_where_all_is_equal_or_told_apart_without_a_mistake(probability: np.ndarray) -> None:
    with pytest.raises(Unmeasurable, match="slope"):
        calibration.slope(np.array([0.0, 0, 0, 1, 1, 1]), probability)
