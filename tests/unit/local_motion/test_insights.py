"""Alarms on a query: each value of a dimension is a series of its own, with a state of its own."""

import json
from dataclasses import dataclass, field, replace

import pytest

from local.clockwork.alarms import Alarms
from local.clockwork.insights import Insight, UnknownQuery, contributors, read
from local.clockwork.series import Datum, Series, metric
from local.deployment import Deployment
from local.telemetry import Alarm, MetricQuery

NOW = 1_200_000.0  # a whole minute
QUERY = 'SELECT MAX("DriftScore") FROM "Treadle" GROUP BY "model"'
ALARM = Alarm(
    name="drift",
    arn="arn:aws:cloudwatch:eu-central-1:123456789012:alarm:drift",
    queries=(MetricQuery("q", QUERY, "", "", {}, "", 60),),
    watches="q",
    threshold=1,
    comparison="GreaterThanOrEqualToThreshold",
    evaluation_periods=1,
    datapoints_to_alarm=1,
    treat_missing="ignore",
    alarm_actions=("arn:aws:sns:eu-central-1:123456789012:alarms",),
    ok_actions=(),
    insufficient_data_actions=(),
)


@dataclass
class CloudWatch:
    """What CloudWatch was told of alarms' states."""

    states: list[tuple[str, str]] = field(default_factory=list)

    def set_alarm_state(self, **told: str) -> None:
        """As CloudWatch's client has it."""
        self.states.append((told["AlarmName"], told["StateValue"]))


@dataclass
class World:
    """An alarm over a series, judged minute by minute."""

    series: Series = field(default_factory=lambda: Series(keep_s=3600))
    cloudwatch: CloudWatch = field(default_factory=CloudWatch)
    published: list[tuple[str, dict[str, object]]] = field(default_factory=list)
    alarms: Alarms = field(init=False)

    def __post_init__(self) -> None:
        def publish(_topic: str, subject: str, message: str) -> None:
            self.published.append((subject, json.loads(message)))

        deployment = Deployment("eu-central-1", "123456789012", alarms=(ALARM,))
        self.alarms = Alarms(deployment, self.series, self.cloudwatch, publish)  # type: ignore[arg-type]

    def score(self, model: str, minute: int, value: float) -> None:
        """A check of the model told of this score."""
        self.series.add([Datum(metric("Treadle", "DriftScore", {"model": model}), NOW + 60 * minute + 1, value)])

    def judge(self, minute: int) -> None:
        """Judge the minute that is over."""
        self.alarms.judge_all(NOW + 60 * (minute + 1), 1)


def test_a_query_is_read_with_and_without_quotes() -> None:
    expected = Insight("Maximum", "DriftScore", "Treadle", "model")
    assert read(QUERY) == read(QUERY.replace('"', "")) == expected


@pytest.mark.parametrize(
    "query",
    [
        "SELECT MAX(DriftScore) FROM Treadle",
        "SELECT MEDIAN(DriftScore) FROM Treadle GROUP BY model",
        "SELECT MAX(DriftScore) FROM Treadle WHERE model = 'm' GROUP BY model",
        "SELECT MAX(DriftScore) FROM Treadle GROUP BY model, arm",
    ],
)
def test_a_query_of_another_kind_is_refused(query: str) -> None:
    with pytest.raises(UnknownQuery):
        read(query)


def test_a_contributor_is_a_value_of_the_dimension_that_the_metric_has_alone() -> None:
    known = [
        metric("Treadle", "DriftScore", {"model": "flights"}),
        metric("Treadle", "DriftScore", {"model": "apples"}),
        metric("Treadle", "DriftScore", {"model": "flights", "arm": "2h"}),
        metric("Treadle", "Performance", {"model": "pears"}),
        metric("Other", "DriftScore", {"model": "plums"}),
    ]
    found = list(contributors(ALARM, known))
    assert [one.attributes for one in found] == [{"model": "apples"}, {"model": "flights"}]
    assert found[1].alarm == replace(
        ALARM, queries=(MetricQuery("q", "", "Treadle", "DriftScore", {"model": "flights"}, "Maximum", 60),)
    )


def test_the_message_names_the_model_that_rings_and_the_others_stay_silent() -> None:
    world = World()
    world.score("flights", 0, 1.4)
    world.score("apples", 0, 0.3)
    world.judge(0)
    [(subject, message)] = world.published
    assert subject == 'ALARM: "drift (model flights)" in eu-central-1'
    assert message["AlarmContributorAttributes"] == {"model": "flights"}
    assert (message["OldStateValue"], message["NewStateValue"]) == ("OK", "ALARM")
    assert world.cloudwatch.states == [("drift", "ALARM")]


def test_a_second_model_rings_by_itself_while_the_first_still_does() -> None:
    world = World()
    world.score("flights", 0, 1.4)
    world.judge(0)
    world.score("apples", 1, 2.0)
    world.judge(1)
    assert [message["AlarmContributorAttributes"] for _, message in world.published] == [
        {"model": "flights"},
        {"model": "apples"},
    ]
    assert world.cloudwatch.states == [("drift", "ALARM")]


def test_silence_keeps_the_state_and_the_next_quiet_check_ends_it() -> None:
    world = World()
    world.score("flights", 0, 1.4)
    for minute in range(3):
        world.judge(minute)
    assert world.cloudwatch.states == [("drift", "ALARM")]
    world.score("flights", 3, 0.2)
    world.judge(3)
    assert world.cloudwatch.states == [("drift", "ALARM"), ("drift", "OK")]
    assert len(world.published) == 1


def test_an_alarm_on_a_query_without_any_series_is_ok_and_tells_nobody() -> None:
    world = World()
    world.judge(0)
    assert (world.cloudwatch.states, world.published) == ([("drift", "OK")], [])
