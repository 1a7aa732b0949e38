"""Alarms and dashboards. moto keeps an alarm's state; the clockwork evaluates it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from local.clockwork.insights import is_query, read
from local.deployment import Alarm, CompositeAlarm, MetricQuery
from local.resources.resource import Cloud, Created, Creator, Properties, Resource

NOT_PARAMETERS = frozenset({"AlarmName", "Tags"})
OWN = "m"  # the id of the line of an alarm that watches a single metric


def _alarm(cloud: Cloud, resource: Resource) -> Created:
    given = resource.properties
    name = resource.name("AlarmName", longest=255)
    asked = {key: value for key, value in given.items() if key not in NOT_PARAMETERS}
    cloud.client("cloudwatch").put_metric_alarm(AlarmName=name, **asked)
    arn = cloud.arn("cloudwatch", f"alarm:{name}")
    return Created(name, {"Arn": arn}, (_evaluated(name, arn, given),))


def _evaluated(name: str, arn: str, given: Properties) -> Alarm:
    queries, watched = _queries(given)
    periods = int(given["EvaluationPeriods"])
    return Alarm(
        name=name,
        arn=arn,
        queries=queries,
        watches=watched,
        threshold=float(given["Threshold"]),
        comparison=given["ComparisonOperator"],
        evaluation_periods=periods,
        datapoints_to_alarm=int(given.get("DatapointsToAlarm", periods)),
        treat_missing=given.get("TreatMissingData", "missing"),
        alarm_actions=_actions(given, "AlarmActions"),
        ok_actions=_actions(given, "OKActions"),
        insufficient_data_actions=_actions(given, "InsufficientDataActions"),
    )


def _queries(given: Properties) -> tuple[tuple[MetricQuery, ...], str]:
    if "Metrics" not in given:
        statistic = given.get("Statistic") or given["ExtendedStatistic"]
        return (_query(OWN, given, statistic, given["Period"], ""),), OWN
    lines = given["Metrics"]
    queries = tuple(
        _query(
            line["Id"],
            line.get("MetricStat", {}).get("Metric", {}),
            line.get("MetricStat", {}).get("Stat", ""),
            line.get("MetricStat", {}).get("Period", line.get("Period", 0)),
            line.get("Expression", ""),
        )
        for line in lines
    )
    for query in queries:
        if is_query(query.expression):
            read(query.expression)  # what cannot be evaluated stops the deployment
    returned = [line["Id"] for line in lines if line.get("ReturnData", True) not in {False, "false"}]
    return queries, returned[0]


def _query(line: str, metric: Mapping[str, Any], statistic: str, period: object, expression: str) -> MetricQuery:
    return MetricQuery(
        id=line,
        expression=expression,
        namespace=metric.get("Namespace", ""),
        metric=metric.get("MetricName", ""),
        dimensions={one["Name"]: one["Value"] for one in metric.get("Dimensions", ())},
        statistic=statistic,
        period_s=int(str(period)),
    )


def _actions(given: Properties, which: str) -> tuple[str, ...]:
    enabled = given.get("ActionsEnabled", True) not in {False, "false"}
    return tuple(given.get(which, ())) if enabled else ()


def _composite(cloud: Cloud, resource: Resource) -> Created:
    given = resource.properties
    name = resource.name("AlarmName", longest=255)
    cloud.client("cloudwatch").put_composite_alarm(
        AlarmName=name,
        AlarmRule=given["AlarmRule"],
        AlarmActions=list(given.get("AlarmActions", ())),
        OKActions=list(given.get("OKActions", ())),
    )
    arn = cloud.arn("cloudwatch", f"alarm:{name}")
    fact = CompositeAlarm(name, arn, given["AlarmRule"], _actions(given, "AlarmActions"), _actions(given, "OKActions"))
    return Created(name, {"Arn": arn}, (fact,))


def _dashboard(cloud: Cloud, resource: Resource) -> Created:
    name = resource.name("DashboardName", longest=255)
    cloud.client("cloudwatch").put_dashboard(DashboardName=name, DashboardBody=resource.properties["DashboardBody"])
    return Created(name)


CREATORS: Mapping[str, Creator] = {
    "AWS::CloudWatch::Alarm": _alarm,
    "AWS::CloudWatch::CompositeAlarm": _composite,
    "AWS::CloudWatch::Dashboard": _dashboard,
}
