"""Topics and who is told."""

from __future__ import annotations

import json
from collections.abc import Mapping

from local.deployment import Subscription
from local.resources.resource import Cloud, Created, Creator, Resource, text

ATTRIBUTES = ("FilterPolicy", "FilterPolicyScope", "RawMessageDelivery", "RedrivePolicy")


def _topic(cloud: Cloud, resource: Resource) -> Created:
    name = resource.name("TopicName", longest=256)
    arn = cloud.client("sns").create_topic(Name=name)["TopicArn"]
    for inline in resource.properties.get("Subscription", ()):
        cloud.client("sns").subscribe(TopicArn=arn, Protocol=inline["Protocol"], Endpoint=inline["Endpoint"])
    return Created(arn, {"TopicArn": arn, "TopicName": name})


def _subscription(cloud: Cloud, resource: Resource) -> Created:
    given = resource.properties
    attributes = {
        key: json.dumps(given[key]) if isinstance(given[key], Mapping) else text(given[key])
        for key in ATTRIBUTES
        if key in given
    }
    arn = cloud.client("sns").subscribe(
        TopicArn=given["TopicArn"],
        Protocol=given["Protocol"],
        Endpoint=given["Endpoint"],
        Attributes=attributes,
        ReturnSubscriptionArn=True,
    )["SubscriptionArn"]
    fact = Subscription(
        given["TopicArn"], given["Protocol"], given["Endpoint"], json.dumps(given.get("FilterPolicy", "")).strip('"')
    )
    return Created(arn, {"Arn": arn}, (fact,))


CREATORS: Mapping[str, Creator] = {"AWS::SNS::Subscription": _subscription, "AWS::SNS::Topic": _topic}
