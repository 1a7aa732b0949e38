"""Metrics by name: their values, intervals, paired differences, and how far a group is from all rows.

Means and ranks carry an influence a row; metrics of a confusion table, whose small counts make them lopsided, are
bootstrapped. `generator` drives the bootstrap alone: a seeded one gives the same interval each time.
"""

from collections.abc import Callable, Mapping, Sequence
from math import inf
from types import MappingProxyType

import numpy as np

from shared.statistics import bootstrap, confusion, losses
from shared.statistics.answers import Answers, Floats, Mask
from shared.statistics.average_precision import average_precision
from shared.statistics.delong import roc_auc
from shared.statistics.estimate import Estimate
from shared.statistics.influence import Influence

INFLUENCES: Mapping[str, Callable[[Answers], Influence]] = MappingProxyType(
    {
        "roc_auc": roc_auc,
        "average_precision": average_precision,
        "brier": losses.brier,
        "log_loss": losses.log_loss,
        "accuracy": losses.accuracy,
        "rmse": losses.rmse,
        "mae": losses.mae,
        "r2": losses.r2,
    }
)
TABLES: Mapping[str, Callable[[Floats], Floats]] = MappingProxyType(
    {"precision": confusion.precision, "recall": confusion.recall, "f1": confusion.f1, "macro_f1": confusion.macro_f1}
)
_BOUNDS = {"log_loss": (0, inf), "rmse": (0, inf), "mae": (0, inf), "r2": (-inf, 1)}
"""What a metric can be; the others lie between 0 and 1."""


def value(name: str, answers: Answers) -> float:
    """The metric alone; Unmeasurable where the rows cannot carry it."""
    if name in INFLUENCES:
        return INFLUENCES[name](answers).value
    classes = answers.classes
    counts = np.bincount(confusion.cells(answers, classes), minlength=classes**2)
    return float(TABLES[name](counts.astype(np.float64)))


def estimate(name: str, answers: Answers, generator: np.random.Generator, confidence: float = 0.95) -> Estimate:
    """The metric with its interval, cut at what it can be."""
    if name in INFLUENCES:
        found = INFLUENCES[name](answers).estimate(confidence)
    else:
        classes = answers.classes
        cells = confusion.cells(answers, classes)
        found = bootstrap.estimate(TABLES[name], cells, classes**2, generator, confidence)
    least, most = _BOUNDS.get(name, (0, 1))
    return Estimate(found.value, max(found.low, least), min(found.high, most))


def difference(
    name: str, left: Answers, right: Answers, generator: np.random.Generator, confidence: float = 0.95
) -> Estimate:
    """Left minus right, paired: two versions' answers to the same rows, in the same order."""
    if name in INFLUENCES:
        return INFLUENCES[name](left).minus(INFLUENCES[name](right)).estimate(confidence)
    classes = max(left.classes, right.classes)
    cells = confusion.cells(left, classes), confusion.cells(right, classes)
    return bootstrap.difference(TABLES[name], *cells, classes**2, generator, confidence)


def gaps(
    name: str, answers: Answers, groups: Sequence[Mask], generator: np.random.Generator, confidence: float = 0.95
) -> list[Estimate]:
    """Each group's metric minus that of all rows (the group among them); a group (n,) says who belongs."""
    if name in INFLUENCES:
        metric = INFLUENCES[name]
        everywhere = metric(answers)
        within = (metric(answers.within(group)).scattered(group) for group in groups)
        return [each.minus(everywhere).estimate(confidence) for each in within]
    size = answers.classes**2
    cells = confusion.cells(answers, answers.classes)
    inside = (np.where(group, cells, bootstrap.OUTSIDE) for group in groups)
    return [bootstrap.difference(TABLES[name], each, cells, size, generator, confidence) for each in inside]
