"""moto's S3 events share one id and one sequencer, tell of a multipart upload twice, and of tags that nobody set.
Here ids are unique, sequencers rise, and one upload is one event."""

from __future__ import annotations

import itertools
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from moto.events.models import events_backends
from moto.moto_api._internal import mock_random
from moto.s3 import notifications
from moto.s3.models import FakeKey, S3Backend
from moto.s3.notifications import S3NotificationEvent

REASONS = {
    "s3:ObjectCreated:Put": "PutObject",
    "s3:ObjectCreated:Post": "POST Object",
    "s3:ObjectCreated:Copy": "CopyObject",
    "s3:ObjectCreated:CompleteMultipartUpload": "CompleteMultipartUpload",
    "s3:ObjectRemoved:Delete": "DeleteObject",
    "s3:ObjectRemoved:DeleteMarkerCreated": "DeleteObject",
}
_sequence = itertools.count(time.time_ns())  # rises across restarts, too
_thread = threading.local()


def apply() -> None:
    """Send each change of an object to the rules of the default bus as S3 does, once."""
    notifications._send_event_bridge_message = _send  # noqa: SLF001  the one place that knows the bus
    _tell_of_a_multipart_upload_once()
    _tell_of_tags_only_when_there_are_some()


@contextmanager
def _silenced(event: S3NotificationEvent) -> Iterator[None]:
    _thread.silent = event
    try:
        yield
    finally:
        _thread.silent = ""


def _send(account_id: str, bucket: Any, event_name: str, key: Any) -> None:
    if getattr(_thread, "silent", "") == event_name:
        return
    event = _event(account_id, bucket, event_name, key)
    bus = events_backends[account_id][bucket.region_name].event_buses["default"]
    for rule in list(bus.rules.values()):
        rule.send_to_targets(dict(event))


def _event(account_id: str, bucket: Any, event_name: str, key: Any) -> dict[str, Any]:
    """An event of https://docs.aws.amazon.com/AmazonS3/latest/userguide/ev-events.html."""
    described: dict[str, Any] = {"key": key.name, "sequencer": f"{next(_sequence):016X}"}
    if isinstance(key, FakeKey):
        described |= {"size": key.size, "etag": key.etag.strip('"')}
    if key.version_id != "null":
        described["version-id"] = key.version_id
    return {
        "version": "0",
        "id": str(mock_random.uuid4()),
        "detail-type": notifications._detail_type(event_name),  # noqa: SLF001
        "source": "aws.s3",
        "account": account_id,
        "time": time.time(),
        "region": bucket.region_name,
        "resources": [bucket.arn],
        "detail": {
            "version": "0",
            "bucket": {"name": bucket.name},
            "object": described,
            "request-id": str(mock_random.uuid4()),
            "requester": account_id,
            "source-ip-address": "127.0.0.1",
            "reason": REASONS.get(event_name, event_name),
        },
    }


def _tell_of_a_multipart_upload_once() -> None:
    by_moto: Callable[..., FakeKey | None] = S3Backend.complete_multipart_upload

    def complete_multipart_upload(self: S3Backend, bucket_name: str, multipart_id: str, body: Any) -> FakeKey | None:
        with _silenced(S3NotificationEvent.OBJECT_CREATED_PUT_EVENT):
            return by_moto(self, bucket_name, multipart_id, body)

    S3Backend.complete_multipart_upload = complete_multipart_upload


def _tell_of_tags_only_when_there_are_some() -> None:
    by_moto: Callable[..., FakeKey] = S3Backend.put_object_tagging

    def put_object_tagging(self: S3Backend, key: FakeKey, tags: dict[str, str] | None) -> FakeKey:
        if tags:
            return by_moto(self, key, tags)
        with _silenced(S3NotificationEvent.OBJECT_TAGGING_PUT_EVENT):
            return by_moto(self, key, tags)

    S3Backend.put_object_tagging = put_object_tagging
