"""Log groups, and what is drawn from them: the clockwork ships lines, moto's own filters would do it twice."""

from __future__ import annotations

from collections.abc import Mapping

from local.deployment import LogSubscription, MetricFilter
from local.resources.resource import Cloud, Created, Creator, Resource, text


def _group(cloud: Cloud, resource: Resource) -> Created:
    name = resource.name("LogGroupName", longest=512)
    cloud.client("logs").create_log_group(logGroupName=name)
    return Created(name, {"Arn": cloud.arn("logs", f"log-group:{name}:*")})


def _stream(cloud: Cloud, resource: Resource) -> Created:
    name = resource.name("LogStreamName", longest=512)
    cloud.client("logs").create_log_stream(logGroupName=resource.properties["LogGroupName"], logStreamName=name)
    return Created(name)


def _metric_filter(_cloud: Cloud, resource: Resource) -> Created:
    given = resource.properties
    facts = tuple(
        MetricFilter(
            log_group=given["LogGroupName"],
            pattern=given.get("FilterPattern", ""),
            namespace=metric["MetricNamespace"],
            metric=metric["MetricName"],
            value=text(metric["MetricValue"]),
            default=text(metric.get("DefaultValue", "")),
            dimensions={one["Key"]: one["Value"] for one in metric.get("Dimensions", ())},
        )
        for metric in given["MetricTransformations"]
    )
    return Created(resource.name("FilterName", longest=512), facts=facts)


def _subscription(_cloud: Cloud, resource: Resource) -> Created:
    given = resource.properties
    fact = LogSubscription(given["LogGroupName"], given.get("FilterPattern", ""), given["DestinationArn"])
    return Created(resource.name("FilterName", longest=512), facts=(fact,))


CREATORS: Mapping[str, Creator] = {
    "AWS::Logs::LogGroup": _group,
    "AWS::Logs::LogStream": _stream,
    "AWS::Logs::MetricFilter": _metric_filter,
    "AWS::Logs::SubscriptionFilter": _subscription,
}
