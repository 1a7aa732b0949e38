"""What of a deployment is watched and shipped, as data: alarms, metric filters, log subscriptions, delivery streams."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class MetricQuery:
    """One line of an alarm: a metric, or an expression over other lines when `expression` is not empty."""

    id: str
    expression: str
    namespace: str
    metric: str
    dimensions: Mapping[str, str]
    statistic: str  # Sum, Average, Minimum, Maximum, SampleCount, p99 …
    period_s: int


@dataclass(frozen=True, slots=True)
class Alarm:
    """A CloudWatch alarm over `queries`; the line whose id is `watches` is compared with the threshold."""

    name: str
    arn: str
    queries: tuple[MetricQuery, ...]
    watches: str
    threshold: float
    comparison: str
    evaluation_periods: int
    datapoints_to_alarm: int
    treat_missing: str  # missing, notBreaching, breaching, ignore
    alarm_actions: tuple[str, ...]
    ok_actions: tuple[str, ...]
    insufficient_data_actions: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CompositeAlarm:
    """An alarm over the states of other alarms: `rule` is AWS's text, e.g. ALARM("a") OR ALARM("b")."""

    name: str
    arn: str
    rule: str
    alarm_actions: tuple[str, ...]
    ok_actions: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class LogSubscription:
    """Lines of a log group that match go to a function or a delivery stream."""

    log_group: str
    pattern: str
    destination_arn: str


@dataclass(frozen=True, slots=True)
class MetricFilter:
    """Lines of a log group that match become a metric; `value` is a number or a selector such as `$.rows`."""

    log_group: str
    pattern: str
    namespace: str
    metric: str
    value: str
    default: str  # "" = no value when nothing matches
    dimensions: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class DeliveryStream:
    """A Firehose stream into a bucket; `prefix` may hold `!{timestamp:yyyy/MM/dd/HH}`."""

    name: str
    arn: str
    bucket: str
    prefix: str
    interval_s: int
