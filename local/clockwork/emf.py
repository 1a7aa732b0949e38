"""Embedded Metric Format: a log line that carries its metrics in `_aws`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import orjson

from local.clockwork.series import Datum, metric


def data_of(line: str) -> list[Datum]:
    """The values in a line, none if it is no EMF; a list of values gives one datum each."""
    if '"CloudWatchMetrics"' not in line:
        return []
    try:
        event = orjson.loads(line)
        return list(_data(event)) if isinstance(event, dict) else []
    except (ValueError, KeyError, TypeError):
        return []


def _data(event: Mapping[str, Any]) -> Iterator[Datum]:
    at = event["_aws"]["Timestamp"] / 1000
    for directive in event["_aws"]["CloudWatchMetrics"]:
        for names in directive["Dimensions"]:
            dimensions = {name: str(event[name]) for name in names}
            for declared in directive["Metrics"]:
                wanted = metric(directive["Namespace"], declared["Name"], dimensions)
                values = event[declared["Name"]]
                for value in values if isinstance(values, list) else [values]:
                    yield Datum(wanted, at, float(value), declared.get("Unit", "None"))
