"""Metrics of a confusion table: how often each class was decided for each truth."""

import numpy as np

from shared.statistics.answers import Answers, Codes, Floats


def cells(answers: Answers, classes: int) -> Codes:
    """Each row's cell (n,) in the table of classes × classes, flattened: truth · classes + decided."""
    return answers.truth.astype(np.int64) * classes + answers.decided()


def precision(tables: Floats) -> Floats:
    """Share of the decided positives that are positive; 0 where none was decided. Tables (…, 4), values (…)."""
    return _shares(tables[..., 3], tables[..., 1] + tables[..., 3])


def recall(tables: Floats) -> Floats:
    """Share of the positives that were decided positive; 0 where there is none. Tables (…, 4), values (…)."""
    return _shares(tables[..., 3], tables[..., 2] + tables[..., 3])


def f1(tables: Floats) -> Floats:
    """Harmonic mean of precision and recall, 2 TP / (2 TP + FP + FN). Tables (…, 4), values (…)."""
    return _shares(2 * tables[..., 3], tables[..., 1] + tables[..., 2] + 2 * tables[..., 3])


def macro_f1(tables: Floats) -> Floats:
    """Mean of each class's F1, over the classes that occur in truth or decision. Tables (…, k²), values (…)."""
    classes = round(tables.shape[-1] ** 0.5)
    square = tables.reshape(*tables.shape[:-1], classes, classes)
    hits = np.diagonal(square, axis1=-2, axis2=-1)
    said_and_true = square.sum(axis=-1) + square.sum(axis=-2)
    occur = (said_and_true > 0).sum(axis=-1)
    return _shares(_shares(2 * hits, said_and_true).sum(axis=-1), occur.astype(np.float64))


def _shares(part: Floats, whole: Floats) -> Floats:
    """Part over whole, 0 where the whole is 0."""
    return np.divide(part, whole, out=np.zeros(np.shape(whole)), where=whole > 0)
