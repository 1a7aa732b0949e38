"""The state of a CloudWatch alarm, computed: pure functions of its series and an instant."""

from __future__ import annotations

import math
import operator
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from local.clockwork.metric_math import Values, evaluate
from local.clockwork.series import Metric, Series, metric
from local.clockwork.statistics import statistic
from local.telemetry import Alarm, MetricQuery


class State(StrEnum):
    """The three states of an alarm."""

    OK = "OK"
    ALARM = "ALARM"
    INSUFFICIENT_DATA = "INSUFFICIENT_DATA"


@dataclass(frozen=True, slots=True)
class Judgement:
    """A state with the reason that AWS would give."""

    state: State
    reason: str


_COMPARISONS: dict[str, Callable[[float, float], bool]] = {
    "GreaterThanThreshold": operator.gt,
    "GreaterThanOrEqualToThreshold": operator.ge,
    "LessThanThreshold": operator.lt,
    "LessThanOrEqualToThreshold": operator.le,
}


def watched(alarm: Alarm) -> list[Metric]:
    """The metrics that an alarm reads."""
    return [_metric(query) for query in alarm.queries if not query.expression]


def judge(alarm: Alarm, series: Series, now: float, tempo: float, before: State) -> Judgement:
    """Judge the last complete periods; a period is the template's divided by the tempo."""
    values = _values(alarm, series, now, tempo)
    known = [value for value in values if not math.isnan(value)]
    if not known and alarm.treat_missing in ("missing", "ignore"):
        kept = before if alarm.treat_missing == "ignore" else State.INSUFFICIENT_DATA
        return Judgement(kept, "Insufficient Data: no datapoints were received for the evaluated periods.")
    breaches = _COMPARISONS[alarm.comparison]
    breaching = [value for value in known if breaches(value, alarm.threshold)]
    count = len(breaching)
    if alarm.treat_missing == "breaching":
        count += len(values) - len(known)
    state = State.ALARM if count >= alarm.datapoints_to_alarm else State.OK
    return Judgement(state, _reason(alarm, known, count))


def _values(alarm: Alarm, series: Series, now: float, tempo: float) -> Values:
    """The watched line, one value a period, oldest first; NaN where there is none."""
    periods = alarm.evaluation_periods
    length = max((query.period_s for query in alarm.queries if query.period_s), default=60) / tempo
    end = math.floor(now / length) * length
    start = end - periods * length
    lines: dict[str, Values] = {}
    for query in alarm.queries:
        if not query.expression:
            found = series.between(_metric(query), start, end)
            lines[query.id] = _binned(found, start, length, periods, statistic(query.statistic))
    expressions = {query.id: query.expression for query in alarm.queries if query.expression}
    while expressions:  # an expression may use another one: take those whose names are known first
        name = next(iter(_ready(expressions)), next(iter(expressions)))
        lines[name] = evaluate(expressions.pop(name), lines, periods)
    return lines[alarm.watches]


def _ready(expressions: dict[str, str]) -> list[str]:
    """The expressions that use no other expression still to be computed."""
    return [
        name for name, text in expressions.items() if not any(other != name and other in text for other in expressions)
    ]


def _binned(
    found: Sequence[tuple[float, float]],
    start: float,
    length: float,
    periods: int,
    function: Callable[[Sequence[float]], float],
) -> Values:
    bins: list[list[float]] = [[] for _ in range(periods)]
    for at, value in found:
        bins[min(int((at - start) / length), periods - 1)].append(value)
    return [float(function(values)) if values else math.nan for values in bins]


def _metric(query: MetricQuery) -> Metric:
    return metric(query.namespace, query.metric, query.dimensions)


def _reason(alarm: Alarm, known: Sequence[float], count: int) -> str:
    points = ", ".join(f"{value:g}" for value in known) or "none"
    verb = "Threshold Crossed" if count >= alarm.datapoints_to_alarm else "Threshold not crossed"
    return (
        f"{verb}: {count} out of the last {alarm.evaluation_periods} datapoints [{points}] "
        f"breached the threshold ({alarm.threshold:g}); {alarm.datapoints_to_alarm} make an alarm."
    )
