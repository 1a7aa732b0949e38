"""Slice: a group of rows that may lag behind all rows by so much of the leading metric."""

from dataclasses import dataclass

from shared.domain import figures
from shared.domain.limit import Outcome, Range, claim, loss
from shared.domain.scores import SliceLeftOut, SliceScore


@dataclass(frozen=True, slots=True)
class SliceResult:
    """One group. Lag is how much worse than all rows it is, whichever way the metric points; nothing when skipped."""

    column: str
    value: str
    rows: int
    limit: float
    lag: float | None
    interval: tuple[float, float] | None
    outcome: Outcome
    sentence: str


def judged(group: SliceScore, metric: str, limit: float) -> SliceResult:
    """A group held against the limit: failed only if the whole corrected interval of its lag lies above it."""
    lag = loss(metric, Range(group.gap, group.low, group.high))
    outcome = lag.at_most(limit)
    words = claim("may_lag", outcome, figures.limit(metric, limit), "all rows")
    gap = figures.change(metric, group.gap, group.low, group.high)
    sentence = f"{group.column} {group.value} {words}: {metric} {gap}"
    return SliceResult(group.column, group.value, group.rows, limit, lag.value, (lag.low, lag.high), outcome, sentence)


def left_out(group: SliceLeftOut, limit: float) -> SliceResult:
    """A group that was not judged, and why."""
    sentence = f"{group.column} {group.value}: skipped, {group.why}"
    return SliceResult(group.column, group.value, group.rows, limit, None, None, Outcome.SKIPPED, sentence)
