"""What is logged and measured, and in which form."""

import json
from datetime import UTC, datetime
from typing import Any

import pytest
from aws_lambda_powertools.metrics import EphemeralMetrics

from shared import telemetry

AT = datetime(2026, 11, 24, 12, 0, 0, 250_000, UTC)


def printed(capsys: pytest.CaptureFixture[str]) -> dict[str, Any]:
    """The one line that was printed."""
    line: dict[str, Any] = json.loads(capsys.readouterr().out)
    return line


def test_figures_are_written_as_powertools_writes_them(capsys: pytest.CaptureFixture[str]) -> None:
    figures = {"Predictions": 20.0, "PredictionErrors": 0.0, "PredictionLatency": 0.75}
    metrics = EphemeralMetrics(namespace="Treadle")
    metrics.add_dimension("model", "flights")
    for name, value in figures.items():
        metrics.add_metric(name, telemetry.UNITS[name], value)
    theirs: dict[str, Any] = dict(metrics.serialize_metric_set())
    telemetry.measured("flights", AT, figures)
    ours = printed(capsys)
    assert ours["_aws"].pop("Timestamp") == 1795521600250
    theirs["_aws"].pop("Timestamp")
    assert ours == theirs


def test_captured_lines_are_written_as_they_are(capsys: pytest.CaptureFixture[str]) -> None:
    telemetry.captured(['{"captured": "é"}'.encode(), b'{"outcomes": "flights"}'])
    assert capsys.readouterr().out == '{"captured": "é"}\n{"outcomes": "flights"}\n'


def test_a_count_is_of_its_model_alone(capsys: pytest.CaptureFixture[str]) -> None:
    telemetry.count("RunsFailed", "flights")
    line = printed(capsys)
    assert line["_aws"]["CloudWatchMetrics"][0]["Dimensions"] == [["model"]]
    assert (line["model"], line["RunsFailed"]) == ("flights", [1.0])


def test_an_error_that_nobody_foresaw_is_logged_without_its_words(caplog: pytest.LogCaptureFixture) -> None:
    try:
        int("the secret of row 7")
    except ValueError as error:
        telemetry.unexpected(error, "r1")
    logged = vars(caplog.records[-1])
    assert (logged["levelname"], logged["error"], logged["request_id"]) == ("ERROR", "ValueError", "r1")
    assert logged["place"].startswith("test_telemetry.py:")
    assert "secret" not in str(logged)
