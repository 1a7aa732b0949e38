"""Objects of the last minutes are told of once more when the cloud starts: the queues that knew of them start empty.

S3 tells of an object at least once, so that whoever hears of one twice knows what to do.
"""

from __future__ import annotations

import json
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from local.resources.resource import Cloud

WITHIN = timedelta(minutes=15)
"""Before the newest object of a bucket: longer than a queue holds a message back after a failure."""

_MOST_A_CALL = 10


def retell(cloud: Cloud, buckets: Iterable[str]) -> int:
    """Put the event of each such object of these buckets on the default bus; the number of them."""
    told = [event for bucket in buckets for event in _events(bucket, list(_versions(cloud, bucket)))]
    for i in range(0, len(told), _MOST_A_CALL):
        cloud.client("events").put_events(Entries=told[i : i + _MOST_A_CALL])
    return len(told)


def _versions(cloud: Cloud, bucket: str) -> Iterator[Mapping[str, Any]]:
    pages = cloud.client("s3").get_paginator("list_object_versions").paginate(Bucket=bucket)
    yield from (version for page in pages for version in page.get("Versions", ()))


def _events(bucket: str, versions: Sequence[Mapping[str, Any]]) -> Iterator[dict[str, str]]:
    """Oldest first; their sequencers are younger than those of their first events, and rise."""
    newest: datetime | None = max((version["LastModified"] for version in versions), default=None)
    recent = [one for one in versions if newest and one["LastModified"] >= newest - WITHIN]
    first = time.time_ns()
    for number, one in enumerate(sorted(recent, key=lambda version: version["LastModified"])):
        described = {"key": one["Key"], "size": one["Size"], "etag": one["ETag"].strip('"')}
        described |= {"version-id": one["VersionId"], "sequencer": f"{first + number:016X}"}
        detail = {"version": "0", "bucket": {"name": bucket}, "object": described, "reason": "PutObject"}
        yield {"Source": "aws.s3", "DetailType": "Object Created", "Detail": json.dumps(detail)}
