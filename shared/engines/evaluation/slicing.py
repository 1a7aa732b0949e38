"""The leading metric within each group of rows, and how far the group is from all of them."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from shared.domain.scores import SliceLeftOut, SliceScore
from shared.statistics import metrics
from shared.statistics.answers import Answers, Mask, Unmeasurable

MISSING = "(missing)"


@dataclass(frozen=True, slots=True)
class Grouping:
    """A column that rows are grouped by: a code into values for each row (n,), -1 where it is missing."""

    codes: NDArray[np.integer]
    values: Sequence[str]


@dataclass(frozen=True, slots=True)
class _Group:
    """The rows (n,) of one value."""

    column: str
    value: str
    rows: Mask

    @property
    def size(self) -> int:
        return int(self.rows.sum())


def slices(
    metric: str, answers: Answers, by: Mapping[str, Grouping], fewest: int, generator: np.random.Generator
) -> tuple[tuple[SliceScore, ...], tuple[SliceLeftOut, ...]]:
    """Groups of at least so many rows, and those left out with the reason.

    All gaps together hold with 95 %: each interval has 1 - 5 % / groups (Bonferroni: O. J. Dunn, Multiple Comparisons
    Among Means, Journal of the American Statistical Association 56, 1961).
    """
    judged: list[tuple[_Group, float]] = []
    left_out: list[SliceLeftOut] = []
    for group in _groups(by):
        try:
            judged.append((group, _score(group, metric, answers, fewest)))
        except Unmeasurable as lack:
            left_out.append(SliceLeftOut(group.column, group.value, group.size, str(lack)))
    confidence = 1 - 0.05 / max(len(judged), 1)
    gaps = metrics.gaps(metric, answers, [group.rows for group, _ in judged], generator, confidence)
    scored = (
        SliceScore(group.column, group.value, group.size, score, *gap)
        for (group, score), gap in zip(judged, gaps, strict=True)
    )
    return tuple(scored), tuple(left_out)


def _groups(by: Mapping[str, Grouping]) -> Iterator[_Group]:
    for column, grouping in by.items():
        for code in np.unique(grouping.codes):
            yield _Group(column, MISSING if code < 0 else grouping.values[code], grouping.codes == code)


def _score(group: _Group, metric: str, answers: Answers, fewest: int) -> float:
    if group.size < fewest:
        raise Unmeasurable(f"fewer than {fewest} rows")
    return metrics.value(metric, answers.within(group.rows))
