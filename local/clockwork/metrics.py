"""Metrics from all sources → the series that alarms read, and CloudWatch for whoever asks it."""

from __future__ import annotations

import threading
import time
from collections import defaultdict, deque
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from local.clockwork import emf
from local.clockwork.logs import Line
from local.clockwork.metric_filters import MetricFilters
from local.clockwork.series import Datum, Metric, Series, metric
from local.deployment import Function
from local.runtime.calls import Outcome

if TYPE_CHECKING:
    from mypy_boto3_cloudwatch import CloudWatchClient
    from mypy_boto3_cloudwatch.type_defs import MetricDatumTypeDef

_FLUSH_S = 0.5
_MOST_A_CALL = 500


class Metrics:
    """Collects values from any thread and publishes them once a second."""

    def __init__(self, series: Series, filters: MetricFilters, cloudwatch: CloudWatchClient) -> None:
        self._series = series
        self._filters = filters
        self._cloudwatch = cloudwatch
        self._waiting: list[Datum] = []
        self._calls: deque[tuple[str, Outcome, float]] = deque()
        self._lock = threading.Lock()

    def add(self, data: Sequence[Datum]) -> None:
        """Take values in; alarms see them at once."""
        self._series.add(data)
        with self._lock:
            self._waiting.extend(data)

    def hear(self, lines: Sequence[Line]) -> None:
        """Take in what log lines carry: embedded metrics, and what metric filters make of them."""
        data = [datum for line in lines for datum in emf.data_of(line.text)]
        data += [datum for line in lines for datum in self._filters.data_of(line.log_group, line.text, line.at)]
        if data:
            self.add(data)

    def invoked(self, function: Function, outcome: Outcome) -> None:
        """Note one call; called in the event loop, so the work is left to `step`."""
        self._calls.append((function.name, outcome, time.time()))

    def step(self) -> float:
        """Publish what has come since the last step, one statistic set a metric."""
        calls = [self._calls.popleft() for _ in range(len(self._calls))]
        self.add([datum for call in calls for datum in _of_a_call(*call)])
        with self._lock:
            data, self._waiting = self._waiting, []
        by_namespace: defaultdict[str, list[MetricDatumTypeDef]] = defaultdict(list)
        for sort, values in _sorted(data).items():
            by_namespace[sort.namespace].append(_statistic_set(sort, values))
        for namespace, sets in by_namespace.items():
            for i in range(0, len(sets), _MOST_A_CALL):
                self._cloudwatch.put_metric_data(Namespace=namespace, MetricData=sets[i : i + _MOST_A_CALL])
        return _FLUSH_S


def _of_a_call(function: str, outcome: Outcome, at: float) -> list[Datum]:
    """What Lambda itself counts of one call."""
    of = {"FunctionName": function}
    return [
        Datum(metric("AWS/Lambda", "Invocations", of), at, 1.0, "Count"),
        Datum(metric("AWS/Lambda", "Errors", of), at, float(bool(outcome.error)), "Count"),
        Datum(metric("AWS/Lambda", "Throttles", of), at, 0.0, "Count"),
        Datum(metric("AWS/Lambda", "Duration", of), at, outcome.duration_s * 1000, "Milliseconds"),
    ]


def _sorted(data: Iterable[Datum]) -> dict[Metric, list[Datum]]:
    out: defaultdict[Metric, list[Datum]] = defaultdict(list)
    for datum in data:
        out[datum.metric].append(datum)
    return out


def _statistic_set(sort: Metric, data: Sequence[Datum]) -> MetricDatumTypeDef:
    values = [datum.value for datum in data]
    return {
        "MetricName": sort.name,
        "Dimensions": [{"Name": name, "Value": value} for name, value in sorted(sort.dimensions)],
        "Timestamp": datetime.fromtimestamp(data[-1].at, UTC),
        "StatisticValues": {
            "SampleCount": len(values),
            "Sum": sum(values),
            "Minimum": min(values),
            "Maximum": max(values),
        },
    }
