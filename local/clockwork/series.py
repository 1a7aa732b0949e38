"""Metrics as they come in: raw values by metric and dimensions, kept as long as an alarm may look back."""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

Dimensions = frozenset[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Metric:
    """What CloudWatch tells metrics apart by."""

    namespace: str
    name: str
    dimensions: Dimensions


@dataclass(frozen=True, slots=True)
class Datum:
    """One value of a metric at an instant (epoch seconds)."""

    metric: Metric
    at: float
    value: float
    unit: str = "None"


def metric(namespace: str, name: str, dimensions: Mapping[str, str]) -> Metric:
    """Name a metric."""
    return Metric(namespace, name, frozenset(dimensions.items()))


class Series:
    """A small store of values, for alarms; `keep_s` seconds of it."""

    def __init__(self, keep_s: float) -> None:
        self._keep_s = keep_s
        self._values: dict[Metric, deque[tuple[float, float]]] = {}
        self._lock = threading.Lock()

    def add(self, data: Iterable[Datum]) -> None:
        """Take values in, and forget what is too old."""
        with self._lock:
            for datum in data:
                values = self._values.setdefault(datum.metric, deque())
                values.append((datum.at, datum.value))
                while values[0][0] < datum.at - self._keep_s:
                    values.popleft()

    def metrics(self) -> list[Metric]:
        """Every metric that ever had a value."""
        with self._lock:
            return list(self._values)

    def between(self, wanted: Metric, start: float, end: float) -> list[tuple[float, float]]:
        """The (instant, value) pairs with start <= instant < end."""
        with self._lock:
            return [(at, value) for at, value in self._values.get(wanted, ()) if start <= at < end]
