"""Performance from sums: what rows say one by one, sums of any parts of them say as well."""

from collections.abc import Callable

import numpy as np
import pytest
from numpy.typing import NDArray

from shared.statistics import losses
from shared.statistics.answers import Answers
from shared.statistics.calibration import in_the_large
from shared.statistics.delong import roc_auc
from shared.statistics.influence import Influence
from shared.statistics.performance import estimated, realised, summed

Floats = NDArray[np.float64]


def calibrated(rows: int, seed: int = 1) -> tuple[Floats, Floats]:
    """Probabilities of late flights, and outcomes that keep what they promise."""
    generator = np.random.default_rng(seed)
    probability = generator.beta(2, 6, rows)
    return probability, (generator.random(rows) < probability).astype(np.float64)


def test_the_sums_of_two_halves_are_the_sums_of_the_whole() -> None:
    p, y = calibrated(1000)
    halves = summed("binary", p[:500], y[:500]) + summed("binary", p[500:], y[500:])
    np.testing.assert_allclose(halves, summed("binary", p, y))


@pytest.mark.parametrize(("name", "metric"), [("brier", losses.brier), ("log_loss", losses.log_loss)])
def test_a_loss_and_its_interval_are_those_of_the_rows(name: str, metric: Callable[[Answers], Influence]) -> None:
    p, y = calibrated(5000)
    assert realised("binary", summed("binary", p, y))[name] == pytest.approx(metric(Answers(y, p)).estimate(0.95))


def test_the_area_under_the_curve_is_that_of_the_rows_to_three_digits() -> None:
    p, y = calibrated(5000)
    exact = roc_auc(Answers(y, p)).estimate(0.95)
    assert realised("binary", summed("binary", p, y))["roc_auc"] == pytest.approx(exact, abs=5e-4)


def test_ranks_of_few_distinct_scores_are_exact() -> None:
    p = np.array([0.1, 0.1, 0.4, 0.4, 0.8, 0.8])
    y = np.array([0.0, 1.0, 0.0, 1.0, 1.0, 1.0])
    exact = roc_auc(Answers(y, p)).estimate(0.95)
    assert realised("binary", summed("binary", p, y))["roc_auc"].value == pytest.approx(exact.value)


def test_calibration_in_the_large_is_what_happened_minus_what_was_promised() -> None:
    p, y = calibrated(5000)
    assert realised("binary", summed("binary", p, y))["calibration"] == pytest.approx(in_the_large(y, p))


def test_rows_without_an_outcome_count_for_the_estimate_alone() -> None:
    p, y = calibrated(1000)
    some = np.where(np.arange(1000) < 600, y, np.nan)
    assert realised("binary", summed("binary", p, some)) == realised("binary", summed("binary", p[:600], y[:600]))
    assert estimated("binary", summed("binary", p, some)) == estimated("binary", summed("binary", p, y))


def test_before_outcomes_come_nothing_is_realised() -> None:
    p, _ = calibrated(100)
    assert realised("binary", summed("binary", p, np.full(100, np.nan))) == {}


def test_calibrated_probabilities_foretell_what_then_happens() -> None:
    p, y = calibrated(200_000)
    sums = summed("binary", p, y)
    for name, foretold in estimated("binary", sums).items():
        came = realised("binary", sums)[name]
        assert foretold.value == pytest.approx(came.value, abs=1.5 * (came.high - came.value)), name


def test_outcomes_that_change_alone_are_seen_by_no_estimate() -> None:
    p, y = calibrated(5000)
    later = np.maximum(y, np.random.default_rng(2).random(5000) < 0.3)
    before, after = summed("binary", p, y), summed("binary", p, later)
    assert estimated("binary", before) == estimated("binary", after)
    assert realised("binary", after)["calibration"].low > 0.15


def test_expected_brier_of_one_probability_is_p_times_its_rest() -> None:
    sums = summed("binary", np.full(50, 0.2), np.full(50, np.nan))
    assert estimated("binary", sums)["brier"].value == pytest.approx(0.16)


def test_one_class_alone_carries_no_ranking() -> None:
    assert "roc_auc" not in realised("binary", summed("binary", np.array([0.2, 0.3]), np.array([0.0, 0.0])))


def test_a_class_that_the_version_does_not_know_is_a_miss() -> None:
    scores = np.array([[0.7, 0.3], [0.2, 0.8], [0.6, 0.4]])
    came = realised("multiclass", summed("multiclass", scores, np.array([0.0, 1.0, -1.0])))
    assert came["accuracy"].value == pytest.approx(2 / 3)
    assert came["log_loss"].value == pytest.approx(
        -np.log(np.array([0.7, 0.8, float(np.finfo(np.float32).eps)])).mean()
    )


def test_the_certainty_of_classes_foretells_their_accuracy() -> None:
    scores = np.array([[0.7, 0.3], [0.2, 0.8]])
    assert estimated("multiclass", summed("multiclass", scores, np.full(2, np.nan)))["accuracy"].value == 0.75


@pytest.mark.parametrize(("name", "metric"), [("rmse", losses.rmse), ("mae", losses.mae)])
def test_an_error_of_values_is_that_of_the_rows(name: str, metric: Callable[[Answers], Influence]) -> None:
    generator = np.random.default_rng(3)
    value = generator.normal(10, 3, 4000)
    answers = Answers(value + generator.normal(0, 1, 4000), value)
    came = realised("regression", summed("regression", answers.score, answers.truth))
    assert came[name] == pytest.approx(metric(answers).estimate(0.95), rel=2e-3)


def test_a_value_foretells_nothing_of_its_error() -> None:
    assert estimated("regression", summed("regression", np.ones(3), np.ones(3))) == {}
