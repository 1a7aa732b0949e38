"""Finding: how far a figure is, and in which order people read them."""

import pytest

from shared.domain.finding import Figure, told


def figure(statistic: str, value: float, threshold: float, subject: str = "outcome", usual: float = 0.2) -> Figure:
    return Figure(subject, statistic, value, threshold, usual, value, value, 6000)


def test_a_figure_on_its_threshold_has_a_score_of_one_on_either_side() -> None:
    assert figure("brier", 0.3, 0.3).score == 1
    assert figure("roc_auc", 0.1, 0.1).score == 1


def test_a_figure_that_moved_the_good_way_has_a_score_below_zero() -> None:
    assert figure("brier", 0.15, 0.3).score == pytest.approx(-0.5)
    assert figure("roc_auc", 0.25, 0.1).score < 0


def test_a_figure_that_is_held_against_nothing_has_no_score() -> None:
    assert figure("psi", 0.5, 0.2).score == 0


def test_outcomes_and_calibration_come_first_where_they_moved() -> None:
    figures = (
        figure("psi", 0.9, 0.3, "dest"),
        figure("calibration", 0.27, 0.3),
        figure("positives", 0.26, 0.3),
        figure("brier", 0.4, 0.3),
    )
    assert [one.statistic for one in told(figures)] == ["positives", "calibration", "psi", "brier"]


def test_outcomes_that_hardly_moved_come_where_they_belong() -> None:
    figures = (figure("positives", 0.21, 0.3), figure("brier", 0.4, 0.3))
    assert [one.statistic for one in told(figures)] == ["brier", "positives"]
