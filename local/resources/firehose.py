"""Delivery streams. moto keeps their description; the clockwork writes what log subscriptions send.

The clockwork hands on the lines themselves. On AWS a stream gets them packed, and only these processors unpack them.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from local.deployment import DeliveryStream
from local.errors import NotCreated
from local.resources.resource import Cloud, Created, Creator, Resource

DEFAULT_INTERVAL_S = 300
UNPACK = ("Decompression", "CloudWatchLogProcessing")


def _stream(cloud: Cloud, resource: Resource) -> Created:
    given = resource.properties["ExtendedS3DestinationConfiguration"]
    name = resource.name("DeliveryStreamName", longest=64)
    _refuse_what_stays_packed(name, given.get("ProcessingConfiguration", {}))
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


def _refuse_what_stays_packed(name: str, processing: Mapping[str, Any]) -> None:
    """Raises NotCreated for a stream that would write batches of log events as CloudWatch packs them."""
    enabled = processing.get("Enabled", False) in {True, "true"}
    kinds = [one["Type"] for one in processing.get("Processors", ())] if enabled else []
    if lacking := [kind for kind in UNPACK if kind not in kinds]:
        raise NotCreated(
            f"delivery stream {name}: the embedded cloud delivers lines of logs, and it lacks {', '.join(lacking)}",
            fix="give its ProcessingConfiguration these processors",
        )


CREATORS: Mapping[str, Creator] = {"AWS::KinesisFirehose::DeliveryStream": _stream}
