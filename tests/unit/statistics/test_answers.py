"""Decisions are those that callers get."""

from typing import Any

import numpy as np

from shared.statistics.answers import Answers


def test_a_row_on_the_threshold_is_positive() -> None:
    assert Answers(np.zeros(3), np.array([0.2, 0.3, 0.4]), 0.3).decided().tolist() == [0, 1, 1]


def test_the_likeliest_of_many_classes_is_decided() -> None:
    assert Answers(np.zeros(2), np.array([[0.2, 0.7, 0.1], [0.5, 0.1, 0.4]])).decided().tolist() == [1, 0]


def test_a_threshold_finer_than_float32_still_parts_float32_scores() -> None:
    score: Any = np.array([0.3], dtype=np.float32)  # as a scorer hands it over
    above = float(score[0]) + 1e-12
    assert Answers(np.zeros(1), score, above).decided().tolist() == [0]


def test_a_class_that_only_the_truth_knows_counts_as_a_class() -> None:
    assert Answers(np.array([0.0, 3.0]), np.full((2, 2), 0.5)).classes == 4
