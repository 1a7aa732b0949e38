"""Metrics equal scikit-learn's, and their intervals equal what resampling rows gives."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn import metrics as reference

from shared.statistics import metrics
from shared.statistics.answers import Answers, Unmeasurable
from tests.unit.statistics.samples import BINARY, MULTICLASS, REGRESSION, binary, multiclass, noisier, regression

SAMPLES = {
    **{(name, "binary"): binary for name in BINARY},
    **{(name, "multiclass"): multiclass for name in MULTICLASS},
    **{(name, "regression"): regression for name in REGRESSION},
}
REFERENCE = {
    "roc_auc": lambda of: reference.roc_auc_score(of.truth, of.score),
    "average_precision": lambda of: reference.average_precision_score(of.truth, of.score),
    "brier": lambda of: reference.brier_score_loss(of.truth, of.score),
    "log_loss": lambda of: reference.log_loss(of.truth, of.score),
    "accuracy": lambda of: reference.accuracy_score(of.truth, of.decided()),
    "precision": lambda of: reference.precision_score(of.truth, of.decided(), zero_division=0),
    "recall": lambda of: reference.recall_score(of.truth, of.decided(), zero_division=0),
    "f1": lambda of: reference.f1_score(of.truth, of.decided(), zero_division=0),
    "macro_f1": lambda of: reference.f1_score(of.truth, of.decided(), average="macro", zero_division=0),
    "rmse": lambda of: reference.root_mean_squared_error(of.truth, of.score),
    "mae": lambda of: reference.mean_absolute_error(of.truth, of.score),
    "r2": lambda of: reference.r2_score(of.truth, of.score),
}
cases = pytest.mark.parametrize(("name", "task"), SAMPLES)


def resampled(name: str, answers: Answers, rounds: int = 400) -> np.ndarray:
    """The plain bootstrap: whole rows drawn with replacement, the metric computed anew each time."""
    draw = np.random.default_rng(11)
    rows = (draw.integers(len(answers.truth), size=len(answers.truth)) for _ in range(rounds))
    return np.array([metrics.value(name, answers.within(drawn)) for drawn in rows])


@cases
def test_a_metric_is_what_scikit_learn_says(name: str, task: str) -> None:
    answers = SAMPLES[name, task](700)
    assert metrics.value(name, answers) == pytest.approx(REFERENCE[name](answers), rel=1e-9)


@given(st.lists(st.tuples(st.booleans(), st.integers(1, 9)), min_size=2, max_size=40))
def test_ties_and_small_samples_change_nothing_of_that(rows: list[tuple[bool, int]]) -> None:
    truth, tenths = (np.array(column, dtype=np.float64) for column in zip(*rows, strict=True))
    answers = Answers(truth, tenths / 10)
    names = [name for name in BINARY if name != "log_loss" or 0 < truth.sum() < len(truth)]
    for name in names:
        try:
            mine = metrics.value(name, answers)
        except Unmeasurable:
            assert min(truth.sum(), len(truth) - truth.sum()) < 2
            continue
        assert mine == pytest.approx(REFERENCE[name](answers), abs=1e-12)


@cases
def test_an_interval_is_as_wide_as_resampling_rows_says(name: str, task: str) -> None:
    answers = SAMPLES[name, task](600, 3)
    found = metrics.estimate(name, answers, np.random.default_rng(0))
    spread = resampled(name, answers).std()
    assert (found.high - found.low) / (2 * 1.96) == pytest.approx(spread, rel=0.15)
    assert found.low < found.value < found.high


@pytest.mark.parametrize("name", BINARY)
def test_a_paired_difference_is_as_sure_as_resampling_the_same_rows_says(name: str) -> None:
    left = binary(600, 3)
    right = noisier(left)
    draw = np.random.default_rng(5)
    drawn = [draw.integers(600, size=600) for _ in range(400)]
    spread = np.std(
        [metrics.value(name, left.within(rows)) - metrics.value(name, right.within(rows)) for rows in drawn]
    )
    found = metrics.difference(name, left, right, np.random.default_rng(0))
    assert found.value == pytest.approx(metrics.value(name, left) - metrics.value(name, right))
    assert (found.high - found.low) / (2 * 1.96) == pytest.approx(spread, rel=0.15)


@cases
def test_the_gap_of_a_group_is_as_sure_as_resampling_all_rows_says(name: str, task: str) -> None:
    answers = SAMPLES[name, task](600, 4)
    group = np.arange(600) % 3 == 0
    draw = np.random.default_rng(6)
    drawn = [draw.integers(600, size=600) for _ in range(400)]
    gaps = [metrics.value(name, answers.within(r[group[r]])) - metrics.value(name, answers.within(r)) for r in drawn]
    (found,) = metrics.gaps(name, answers, [group], np.random.default_rng(0))
    assert found.value == pytest.approx(metrics.value(name, answers.within(group)) - metrics.value(name, answers))
    assert (found.high - found.low) / (2 * 1.96) == pytest.approx(np.std(gaps), rel=0.15)


@cases
def test_a_version_does_not_differ_from_itself(name: str, task: str) -> None:
    answers = SAMPLES[name, task](200)
    assert metrics.difference(name, answers, answers, np.random.default_rng(0)) == (0, 0, 0)


@pytest.mark.parametrize("name", sorted(metrics.INFLUENCES))
def test_the_influences_of_all_rows_sum_to_zero(name: str) -> None:
    answers = (regression if name in REGRESSION else binary)(300)
    assert metrics.INFLUENCES[name](answers).rows.sum() == pytest.approx(0, abs=1e-9)


@pytest.mark.parametrize("name", sorted(metrics.INFLUENCES))
def test_an_influence_is_what_a_little_more_weight_on_a_row_does(name: str) -> None:
    few = (regression if name in REGRESSION else binary)(12, 2)
    many = np.repeat(np.arange(12), 20_000)
    before, influences = metrics.value(name, few.within(many)), metrics.INFLUENCES[name](few).rows
    after = [metrics.value(name, few.within(np.append(many, np.full(20, row)))) for row in range(12)]
    slopes = (np.array(after) - before) * 1000
    scale = influences @ slopes / (slopes @ slopes)
    assert 1 <= scale < 1.25  # n / (n - 1) and the like: sample variances, as DeLong and the mean have them
    shape = np.corrcoef(influences, slopes)[0, 1]
    assert shape > 0.999


def test_the_interval_of_a_mean_is_the_textbook_one() -> None:
    answers = regression(50)
    errors = np.abs(answers.score - answers.truth)
    found = metrics.estimate("mae", answers, np.random.default_rng(0))
    assert found.high - found.value == pytest.approx(1.959964 * errors.std(ddof=1) / np.sqrt(50), rel=1e-6)


def test_a_surer_interval_is_wider() -> None:
    answers = binary(400)
    for name in BINARY:
        usual = metrics.estimate(name, answers, np.random.default_rng(0))
        surer = metrics.estimate(name, answers, np.random.default_rng(0), confidence=0.998)
        assert surer.low < usual.low < usual.high < surer.high


def test_an_interval_stays_within_what_the_metric_can_be() -> None:
    answers = Answers(np.array([1.0, 1, 0, 0, 1]), np.array([0.9, 0.5, 0.6, 0.1, 0.8]))
    for name in BINARY:
        found = metrics.estimate(name, answers, np.random.default_rng(0))
        assert found.low >= 0
        assert name == "log_loss" or found.high <= 1


def test_a_class_that_a_version_has_never_seen_got_no_probability() -> None:
    answers = Answers(np.array([0.0, 1, 2]), np.array([[0.8, 0.2], [0.3, 0.7], [0.5, 0.5]]))
    unseen = -np.log(np.finfo(np.float32).eps)
    assert metrics.value("log_loss", answers) == pytest.approx((-np.log(0.8) - np.log(0.7) + unseen) / 3)
    assert metrics.value("accuracy", answers) == pytest.approx(2 / 3)


def test_a_constant_truth_is_explained_only_by_meeting_it() -> None:
    truth = np.full(4, 2.5)
    assert metrics.value("r2", Answers(truth, truth)) == 1
    assert metrics.value("r2", Answers(truth, truth + 1)) == 0


def test_a_regression_without_error_has_no_interval_to_speak_of() -> None:
    truth = np.arange(5.0)
    assert metrics.estimate("rmse", Answers(truth, truth), np.random.default_rng(0)) == (0, 0, 0)


@pytest.mark.parametrize(("name", "truth"), [("roc_auc", 0.0), ("roc_auc", 1.0), ("average_precision", 0.0)])
def test_one_class_alone_cannot_be_ranked(name: str, truth: float) -> None:
    with pytest.raises(Unmeasurable, match=r"class|positive"):
        metrics.value(name, Answers(np.full(9, truth), np.linspace(0.1, 0.9, 9)))
