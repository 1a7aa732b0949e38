"""Log subscriptions: matching lines go to a function, or through a delivery stream into objects of a bucket by hour."""

from __future__ import annotations

import base64
import gzip
import json
import logging
import re
import time
import uuid
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from local.clockwork.log_patterns import Matcher, matcher
from local.clockwork.logs import Line
from local.telemetry import DeliveryStream, LogSubscription

if TYPE_CHECKING:
    from mypy_boto3_s3 import S3Client

_log = logging.getLogger(__name__)
_TIMESTAMP = re.compile(r"!\{timestamp:([^}]+)\}")
_JAVA_FORMATS = (("yyyy", "%Y"), ("MM", "%m"), ("dd", "%d"), ("HH", "%H"), ("mm", "%M"), ("ss", "%S"))
_LEAST_PAUSE_S = 0.25


@dataclass(slots=True)
class _Buffer:
    """What waits for one delivery stream, since when."""

    stream: DeliveryStream
    since: float = 0.0
    texts: list[str] = field(default_factory=list)


class DeliveryStreams:
    """Firehose: buffers lines for `interval_s` divided by the tempo, then puts one object a stream."""

    def __init__(self, streams: Iterable[DeliveryStream], s3: S3Client, tempo: float) -> None:
        self._buffers = {stream.arn: _Buffer(stream) for stream in streams}
        self._s3 = s3
        self._tempo = tempo

    def accepts(self, arn: str) -> bool:
        """Whether this ARN is one of these streams."""
        return arn in self._buffers

    def add(self, arn: str, lines: Sequence[Line]) -> None:
        """Buffer the lines' text, one record a line."""
        buffer = self._buffers[arn]
        buffer.since = buffer.since or time.time()
        buffer.texts.extend(line.text.rstrip("\n") + "\n" for line in lines)

    def step(self) -> float:
        """Deliver every buffer that has waited long enough."""
        now = time.time()
        for buffer in self._buffers.values():
            if buffer.texts and now - buffer.since >= buffer.stream.interval_s / self._tempo:
                self._empty(buffer)
        return _LEAST_PAUSE_S

    def flush(self) -> None:
        """Deliver all that waits: the cloud ends."""
        for buffer in self._buffers.values():
            if buffer.texts:
                self._empty(buffer)

    def _empty(self, buffer: _Buffer) -> None:
        """Deliver a buffer; it is emptied only once that is done, of what was delivered."""
        count = len(buffer.texts)
        self._deliver(buffer.stream, "".join(buffer.texts[:count]), buffer.since)
        del buffer.texts[:count]
        buffer.since = time.time() if buffer.texts else 0.0

    def _deliver(self, stream: DeliveryStream, text: str, since: float) -> None:
        stamp = time.strftime("%Y-%m-%d-%H-%M-%S", time.gmtime(since))
        key = f"{_prefix(stream.prefix, since)}{stream.name}-1-{stamp}-{uuid.uuid4()}"
        self._s3.put_object(Bucket=stream.bucket, Key=key, Body=text.encode())


class LogSubscriptions:
    """Hears all lines and passes those on that a subscription asks for; `call` invokes a function by ARN."""

    def __init__(
        self, subscriptions: Iterable[LogSubscription], streams: DeliveryStreams, call: Callable[[str, str], None]
    ) -> None:
        self._by_group: defaultdict[str, list[tuple[LogSubscription, Matcher]]] = defaultdict(list)
        for one in subscriptions:
            self._by_group[one.log_group].append((one, matcher(one.pattern)))
        self._streams = streams
        self._call = call

    def hear(self, lines: Sequence[Line]) -> None:
        """Pass the matching lines of each subscribed group on."""
        for group, subscriptions in self._by_group.items():
            of_group = [line for line in lines if line.log_group == group]
            for one, matches in subscriptions:
                if wanted := [line for line in of_group if matches(line.text)]:
                    self._pass_on(one, wanted)

    def _pass_on(self, one: LogSubscription, lines: Sequence[Line]) -> None:
        if self._streams.accepts(one.destination_arn):
            self._streams.add(one.destination_arn, lines)
        elif ":lambda:" in one.destination_arn:
            self._call(one.destination_arn, _awslogs(one.log_group, lines))
        else:
            _log.error("no way from %s to %s", one.log_group, one.destination_arn)


def _prefix(prefix: str, at: float) -> str:
    """Fill `!{timestamp:yyyy/MM/dd/HH}`; a prefix without one gets the hour as Firehose appends it."""
    if not prefix or not _TIMESTAMP.search(prefix):
        return prefix + time.strftime("%Y/%m/%d/%H/", time.gmtime(at))
    return _TIMESTAMP.sub(lambda found: time.strftime(_strftime(found[1]), time.gmtime(at)), prefix)


def _strftime(java: str) -> str:
    for name, code in _JAVA_FORMATS:
        java = java.replace(name, code)
    return java


def _awslogs(group: str, lines: Sequence[Line]) -> str:
    events = [{"id": uuid.uuid4().hex, "timestamp": int(line.at * 1000), "message": line.text} for line in lines]
    data = {"messageType": "DATA_MESSAGE", "logGroup": group, "logStream": lines[0].log_stream, "logEvents": events}
    packed = base64.b64encode(gzip.compress(json.dumps(data).encode(), mtime=0)).decode()
    return json.dumps({"awslogs": {"data": packed}})
