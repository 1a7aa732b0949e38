"""Alarms of models: three for all of them, each with a state a model; platform owners hear of every alarm."""

import json
from collections.abc import Mapping
from typing import Any

from local.clockwork.insights import Insight, read
from stacks.alarms import WATCHED
from stacks.layers.build import Architecture, Source
from stacks.stage import Stage
from tests.infrastructure.templates import only, resources, text

MOST_ALARMS = 3


def _alarms() -> Mapping[str, Mapping[str, Any]]:
    """Metric → the alarm that watches it for all models."""
    found = (one.properties for one in resources("AWS::CloudWatch::Alarm") if "Metrics" in one.properties)
    return {read(one["Metrics"][0]["Expression"]).metric: one for one in found}


def test_there_are_three_and_each_watches_every_model_there_will_be() -> None:
    assert len(WATCHED) <= MOST_ALARMS
    queries = {name: read(alarm["Metrics"][0]["Expression"]) for name, alarm in _alarms().items()}
    assert queries == {
        "DriftScore": Insight("Maximum", "DriftScore", "Treadle", "model"),
        "Performance": Insight("Maximum", "Performance", "Treadle", "model"),
        "PredictionErrors": Insight("Average", "PredictionErrors", "Treadle", "model"),
    }


def test_a_score_of_one_rings_and_stays_until_the_next_check() -> None:
    for name in ("DriftScore", "Performance"):
        alarm = _alarms()[name]
        assert (alarm["Threshold"], alarm["ComparisonOperator"]) == (1, "GreaterThanOrEqualToThreshold")
        assert (alarm["EvaluationPeriods"], alarm["DatapointsToAlarm"]) == (1, 1)
        assert alarm["TreatMissingData"] == "ignore"


def test_errors_ring_when_they_last_and_end_with_the_calls() -> None:
    alarm = _alarms()["PredictionErrors"]
    assert (alarm["Threshold"], alarm["EvaluationPeriods"], alarm["DatapointsToAlarm"]) == (0.05, 3, 2)
    assert alarm["TreatMissingData"] == "notBreaching"


def test_every_model_alarm_looks_back_less_than_the_three_hours_that_a_query_sees() -> None:
    for alarm in _alarms().values():
        assert alarm["EvaluationPeriods"] * alarm["Metrics"][0]["Period"] < 3 * 3600


def test_the_platforms_owners_hear_of_alarms_without_a_filter() -> None:
    subscribed = [one.properties for one in resources("AWS::SNS::Subscription")]
    assert [(text(one["TopicArn"]), one["Protocol"], one["Endpoint"]) for one in subscribed] == [
        ("${Alarms}", "email", "platform@example.com")
    ]
    assert "FilterPolicy" not in subscribed[0]


def test_an_owner_whom_sns_does_not_reach_is_left_out() -> None:
    owners = ("email:a@example.com", "slack:platform", "sms:+15550100")
    stage = Stage(stage="trial", owners=owners, architecture=Architecture.ARM64, layers=Source.PINS)
    assert stage.subscribers == (("email", "a@example.com"), ("sms", "+15550100"))


def test_the_one_dashboard_shows_a_models_scores() -> None:
    board = only("AWS::CloudWatch::Dashboard").properties
    widgets = json.loads(text(board["DashboardBody"]))["widgets"]
    titles = {widget["properties"].get("title") for widget in widgets}
    assert {"DriftScore", "Performance", "Predictions", "PredictionErrors", "PredictionLatency"} <= titles


def test_tick_looks_every_five_minutes() -> None:
    rule = only("AWS::Events::Rule", "FiveMinutes").properties
    assert rule["ScheduleExpression"] == "rate(5 minutes)"
    assert text(rule["Targets"][0]["Arn"]) == "${TickFunction.Arn}"
