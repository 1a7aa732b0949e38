"""The state of an alarm as a function of its series and an instant."""

from dataclasses import replace

import pytest

from local.clockwork.alarms import holds
from local.clockwork.evaluation import State, judge
from local.clockwork.series import Datum, Series, metric
from local.telemetry import Alarm, MetricQuery

ERRORS = MetricQuery("m1", "", "AWS/Lambda", "Errors", {"FunctionName": "f"}, "Sum", 60)
CALLS = replace(ERRORS, id="m2", metric="Invocations")
STATES = {"a": State.ALARM, "b": State.OK}
NOW = 1_200_000.0  # a whole minute
ALARM = Alarm(
    name="errors",
    arn="arn:aws:cloudwatch:eu-central-1:123456789012:alarm:errors",
    queries=(ERRORS,),
    watches="m1",
    threshold=1,
    comparison="GreaterThanOrEqualToThreshold",
    evaluation_periods=3,
    datapoints_to_alarm=2,
    treat_missing="missing",
    alarm_actions=(),
    ok_actions=(),
    insufficient_data_actions=(),
)


def series(query: MetricQuery, *values: tuple[float, float]) -> Series:
    """A series with values at so many seconds before NOW."""
    out = Series(keep_s=3600)
    named = metric(query.namespace, query.metric, query.dimensions)
    out.add(Datum(named, NOW - ago, value) for ago, value in sorted(values, reverse=True))
    return out


def state(alarm: Alarm, some: Series, tempo: float = 1, before: State = State.OK) -> State:
    return judge(alarm, some, NOW, tempo, before).state


def test_enough_breaching_periods_are_an_alarm() -> None:
    assert state(ALARM, series(ERRORS, (130, 1), (70, 1), (10, 0))) is State.ALARM


def test_too_few_breaching_periods_are_ok() -> None:
    assert state(ALARM, series(ERRORS, (130, 5), (70, 0), (10, 0))) is State.OK


def test_values_of_one_period_are_added_up() -> None:
    alarm = replace(ALARM, threshold=3, datapoints_to_alarm=1)
    assert state(alarm, series(ERRORS, (10, 1), (20, 1), (30, 1))) is State.ALARM


def test_the_period_that_is_not_over_does_not_count() -> None:
    assert judge(ALARM, series(ERRORS, (-1, 9), (-30, 9)), NOW + 40, 1, State.OK).state is State.INSUFFICIENT_DATA


@pytest.mark.parametrize(
    ("treatment", "expected"),
    [
        ("missing", State.INSUFFICIENT_DATA),
        ("notBreaching", State.OK),
        ("breaching", State.ALARM),
        ("ignore", State.ALARM),
    ],
)
def test_silence_is_treated_as_the_alarm_says(treatment: str, expected: State) -> None:
    assert state(replace(ALARM, treat_missing=treatment), series(ERRORS), before=State.ALARM) is expected


def test_a_percentile_watches_the_slowest() -> None:
    slow = replace(ERRORS, metric="Duration", statistic="p99")
    alarm = replace(ALARM, queries=(slow,), threshold=90, datapoints_to_alarm=1)
    assert state(alarm, series(slow, *((10, float(i)) for i in range(1, 101)))) is State.ALARM
    assert state(replace(alarm, threshold=100), series(slow, *((10, float(i)) for i in range(1, 101)))) is State.OK


def test_an_expression_over_two_metrics_is_watched() -> None:
    share = MetricQuery("share", "errors_per_call * 100", "", "", {}, "", 60)
    ratio = MetricQuery("errors_per_call", "IF(m2 > 0, m1 / m2, 0)", "", "", {}, "", 60)
    alarm = replace(ALARM, queries=(share, ratio, ERRORS, CALLS), watches="share", threshold=50, datapoints_to_alarm=1)
    some = series(ERRORS, (10, 6))
    some.add([Datum(metric("AWS/Lambda", "Invocations", {"FunctionName": "f"}), NOW - 10, 10)])
    assert state(alarm, some) is State.ALARM
    assert state(replace(alarm, threshold=61), some) is State.OK


def test_at_tempo_sixty_a_minute_is_a_second() -> None:
    some = series(ERRORS, (2.5, 1), (1.5, 1), (0.5, 0))
    assert state(ALARM, some, tempo=60) is State.ALARM
    assert state(ALARM, some, tempo=1) is State.OK


@pytest.mark.parametrize(
    "rule",
    [
        'ALARM("a")',
        'ALARM("a") AND NOT ALARM("b")',
        'ALARM("b") OR (OK("b") AND ALARM("a"))',
        'ALARM(arn:aws:cloudwatch:eu-central-1:1:alarm:a) OR ALARM("b")',
    ],
)
def test_a_composite_alarms_rule_holds(rule: str) -> None:
    assert holds(rule, STATES.__getitem__)


@pytest.mark.parametrize("rule", ['ALARM("b")', 'ALARM("a") AND ALARM("b")', "NOT (ALARM(a) OR ALARM(b))"])
def test_a_composite_alarms_rule_does_not_hold(rule: str) -> None:
    assert not holds(rule, STATES.__getitem__)
