"""Metric filters: lines of a log group that match a pattern become values of a metric."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator

from local.clockwork.log_patterns import Matcher, matcher, select
from local.clockwork.series import Datum, metric
from local.telemetry import MetricFilter


class MetricFilters:
    """All metric filters of a deployment, by log group."""

    def __init__(self, filters: Iterable[MetricFilter]) -> None:
        self._by_group: defaultdict[str, list[tuple[MetricFilter, Matcher]]] = defaultdict(list)
        for one in filters:
            self._by_group[one.log_group].append((one, matcher(one.pattern)))

    def data_of(self, log_group: str, line: str, at: float) -> Iterator[Datum]:
        """The values that a line of the group gives at an instant (epoch seconds)."""
        for one, matches in self._by_group.get(log_group, ()):
            text = _text(one, line) if matches(line) else one.default
            if text:
                dimensions = {name: _selected(selector, line) for name, selector in one.dimensions.items()}
                yield Datum(metric(one.namespace, one.metric, dimensions), at, float(text))


def _text(one: MetricFilter, line: str) -> str:
    return _selected(one.value, line) if one.value.startswith("$") else one.value


def _selected(selector: str, line: str) -> str:
    """What the selector finds in a JSON line, "" if nothing."""
    try:
        return str(select(selector, json.loads(line)))
    except (LookupError, ValueError):
        return ""
