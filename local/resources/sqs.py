"""Queues. Who may send to them is written in the template and checked by nobody here."""

from __future__ import annotations

import json
from collections.abc import Mapping

from local.resources.resource import Cloud, Created, Creator, Resource, text

NOT_ATTRIBUTES = frozenset({"QueueName", "Tags"})


def _queue(cloud: Cloud, resource: Resource) -> Created:
    name = resource.name("QueueName", longest=80)
    attributes = {
        key: json.dumps(value) if isinstance(value, Mapping) else text(value)
        for key, value in resource.properties.items()
        if key not in NOT_ATTRIBUTES
    }
    url = cloud.client("sqs").create_queue(QueueName=name, Attributes=attributes)["QueueUrl"]
    return Created(url, {"Arn": cloud.arn("sqs", name), "QueueName": name, "QueueUrl": url})


CREATORS: Mapping[str, Creator] = {"AWS::SQS::Queue": _queue}
