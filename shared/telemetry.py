"""Telemetry: the one Logger and the one namespace of metrics; no log line carries a value of a row."""

import json
import sys
from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from functools import wraps
from typing import Any

from aws_lambda_powertools import Logger, single_metric
from aws_lambda_powertools.metrics import MetricUnit
from aws_lambda_powertools.utilities.typing import LambdaContext

from shared.domain.errors import LateWrite
from shared.ports.remaining import telling

NAMESPACE = "Treadle"

logger = Logger(service="treadle")

Handler = Callable[[dict[str, Any], LambdaContext], dict[str, Any]]


def handler(handle: Handler) -> Handler:
    """A Lambda entry point with correlation in its logs and an eye on its time; errors pass through untouched."""

    @wraps(handle)
    def timed(event: dict[str, Any], context: LambdaContext) -> dict[str, Any]:
        with telling(context.get_remaining_time_in_millis):
            try:
                return handle(event, context)
            except LateWrite:
                count("LateWrites", str(event.get("model", "")))
                raise

    return logger.inject_lambda_context(timed, clear_state=True)


def count(name: str, model: str, value: float = 1) -> None:
    """One count of a metric of a model, written at once: a call that counts nothing writes nothing."""
    with single_metric(name=name, unit=MetricUnit.Count, value=value, namespace=NAMESPACE) as metric:
        metric.add_dimension("model", model)


def unexpected(error: Exception, request_id: str) -> None:
    """An error that nobody foresaw, by its type and where it was raised; its words may hold what a caller sent."""
    trace = error.__traceback__
    while trace and trace.tb_next:
        trace = trace.tb_next
    place = f"{trace.tb_frame.f_code.co_filename.rpartition('/')[2]}:{trace.tb_lineno}" if trace else ""
    logger.error("unexpected", error=type(error).__name__, place=place, request_id=request_id)


UNITS: Mapping[str, MetricUnit] = {
    "Predictions": MetricUnit.Count,
    "PredictionErrors": MetricUnit.Count,
    "PredictionLatency": MetricUnit.Milliseconds,
    "DriftScore": MetricUnit.NoUnit,
    "Performance": MetricUnit.NoUnit,
}
"""The metrics of a model, each with its unit."""


def measured(model: str, at: datetime, values: Mapping[str, float]) -> None:
    """One line of metrics of a model, as Powertools writes it, at a tenth of its time: predict has a millisecond."""
    listed = [{"Name": name, "Unit": UNITS[name].value} for name in values]
    metric = {"Namespace": NAMESPACE, "Dimensions": [["model"]], "Metrics": listed}
    about = {"Timestamp": int(at.timestamp() * 1000), "CloudWatchMetrics": [metric]}
    figures = {name: [float(value)] for name, value in values.items()}
    print(json.dumps({"_aws": about, "model": model, **figures}, separators=(",", ":")))  # noqa: T201  # how EMF is sent


def captured(lines: Iterable[bytes]) -> None:
    """Lines of the capture log, each one JSON object; the log's subscription picks them by their first key."""
    for line in lines:
        sys.stdout.write(f"{line.decode()}\n")


def all_measured(lines: Iterable[tuple[str, datetime, Mapping[str, float]]]) -> None:
    """A line for each that holds a figure."""
    for model, at, values in lines:
        if values:
            measured(model, at, values)
