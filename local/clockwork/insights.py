"""Metrics Insights, as alarms use it: `SELECT MAX("DriftScore") FROM "Treadle" GROUP BY "model"`, and nothing else.

Each value of the dimension is a contributor: a series of its own, which the alarm judges by itself.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from local.clockwork.series import Metric
from local.errors import CloudError
from local.telemetry import Alarm, MetricQuery

_WORD = r'"?([\w./-]+)"?'
_QUERY = re.compile(" ".join((rf"SELECT (\w+)\({_WORD}\)", f"FROM {_WORD}", f"GROUP BY {_WORD}")))
_STATISTICS = {"AVG": "Average", "COUNT": "SampleCount", "MAX": "Maximum", "MIN": "Minimum", "SUM": "Sum"}


class UnknownQuery(CloudError):
    """CloudWatch has more of SQL than this."""


@dataclass(frozen=True, slots=True)
class Insight:
    """A query, read: a statistic of a metric by the values of one dimension, which the metric has and no other."""

    statistic: str
    metric: str
    namespace: str
    by: str


@dataclass(frozen=True, slots=True)
class Contributor:
    """One series of an alarm on a query: `attributes` say which, `alarm` watches this one alone."""

    name: str
    attributes: dict[str, str]
    alarm: Alarm


def is_query(expression: str) -> bool:
    """Whether an alarm's expression is a query, not metric math."""
    return expression.startswith("SELECT ")


def read(expression: str) -> Insight:
    """Read a query; raises UnknownQuery."""
    found = _QUERY.fullmatch(expression)
    if found is None or found[1] not in _STATISTICS:
        known = ", ".join(_STATISTICS)
        raise UnknownQuery(f"got {expression!r}, expected {known} of one metric of a namespace, by one dimension")
    return Insight(_STATISTICS[found[1]], found[2], found[3], found[4])


def contributors(alarm: Alarm, known: Iterable[Metric]) -> Iterator[Contributor]:
    """The contributors of an alarm on a query, one a known metric, in the order of their values."""
    [query] = alarm.queries
    wanted = read(query.expression)
    values = sorted(
        value
        for one in known
        if (one.namespace, one.name) == (wanted.namespace, wanted.metric)
        for name, value in one.dimensions
        if name == wanted.by and len(one.dimensions) == 1
    )
    for value in values:
        of = {wanted.by: value}
        watched = MetricQuery(query.id, "", wanted.namespace, wanted.metric, of, wanted.statistic, query.period_s)
        yield Contributor(f"{alarm.name} ({wanted.by} {value})", of, replace(alarm, queries=(watched,)))
