"""Metrics that log lines carry, and how long their values are kept."""

import json

from local.clockwork.emf import data_of
from local.clockwork.metric_filters import MetricFilters
from local.clockwork.series import Datum, Series, metric
from local.clockwork.statistics import statistic
from local.telemetry import MetricFilter


def emf(**values: object) -> str:
    metrics = [{"Name": name, "Unit": "Count"} for name in values]
    directive = {"Namespace": "Treadle", "Dimensions": [["model"]], "Metrics": metrics}
    return json.dumps(
        {"_aws": {"Timestamp": 1_700_000_000_000, "CloudWatchMetrics": [directive]}, "model": "m", **values}
    )


def test_an_embedded_metric_is_read_with_its_dimensions() -> None:
    (datum,) = data_of(emf(Predictions=3))
    assert datum == Datum(metric("Treadle", "Predictions", {"model": "m"}), 1_700_000_000.0, 3.0, "Count")


def test_a_list_of_values_is_one_datum_each() -> None:
    assert [datum.value for datum in data_of(emf(PredictionLatency=[1.0, 2.5]))] == [1.0, 2.5]


def test_other_lines_carry_no_metric() -> None:
    assert data_of("plain") == data_of('{"a": "CloudWatchMetrics"}') == data_of('{"CloudWatchMetrics": ') == []


def filtered(value: str, default: str, line: str) -> list[tuple[float, dict[str, str]]]:
    one = MetricFilter("g", "{ $.kind = done }", "Treadle", "Rows", value, default, {"model": "$.model"})
    found = MetricFilters([one]).data_of("g", line, 1.0)
    return [(datum.value, dict(datum.metric.dimensions)) for datum in found]


def test_a_metric_filter_reads_its_value_from_the_line() -> None:
    assert filtered("$.rows", "", '{"kind": "done", "rows": 7, "model": "m"}') == [(7.0, {"model": "m"})]


def test_a_metric_filter_gives_its_default_where_nothing_matches() -> None:
    assert [value for value, _ in filtered("1", "0", "noise")] == [0.0]


def test_a_metric_filter_without_default_gives_nothing_where_nothing_matches() -> None:
    assert filtered("1", "", "noise") == []


def test_old_values_are_forgotten() -> None:
    series, one = Series(keep_s=10), metric("n", "m", {})
    series.add([Datum(one, 0.0, 1.0), Datum(one, 20.0, 2.0)])
    assert series.between(one, 0, 100) == [(20.0, 2.0)]


def test_a_window_is_open_at_its_end() -> None:
    series, one = Series(keep_s=100), metric("n", "m", {})
    series.add([Datum(one, 10.0, 1.0), Datum(one, 20.0, 2.0)])
    assert series.between(one, 10, 20) == [(10.0, 1.0)]


def test_statistics_have_their_textbook_values() -> None:
    values = [1.0, 2.0, 3.0, 4.0]
    named = {name: statistic(name)(values) for name in ("Sum", "Average", "Minimum", "Maximum", "SampleCount", "p50")}
    assert named == {"Sum": 10, "Average": 2.5, "Minimum": 1, "Maximum": 4, "SampleCount": 4, "p50": 2.5}
