"""Delivery streams. moto keeps their description; the clockwork writes what log subscriptions send."""

from __future__ import annotations

from collections.abc import Mapping

from local.deployment import DeliveryStream
from local.resources.resource import Cloud, Created, Creator, Resource

DEFAULT_INTERVAL_S = 300


def _stream(cloud: Cloud, resource: Resource) -> Created:
    given = resource.properties["ExtendedS3DestinationConfiguration"]
    name = resource.name("DeliveryStreamName", longest=64)
    asked = {field: given[field] for field in ("RoleARN", "BucketARN", "Prefix", "ErrorOutputPrefix") if field in given}
    arn = cloud.client("firehose").create_delivery_stream(
        DeliveryStreamName=name, ExtendedS3DestinationConfiguration=asked
    )["DeliveryStreamARN"]
    stream = DeliveryStream(
        name=name,
        arn=arn,
        bucket=given["BucketARN"].rpartition(":")[2],
        prefix=given.get("Prefix", ""),
        interval_s=int(given.get("BufferingHints", {}).get("IntervalInSeconds", DEFAULT_INTERVAL_S)),
    )
    return Created(name, {"Arn": arn}, (stream,))


CREATORS: Mapping[str, Creator] = {"AWS::KinesisFirehose::DeliveryStream": _stream}
