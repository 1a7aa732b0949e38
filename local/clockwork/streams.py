"""DynamoDB stream → Lambda: records in order, a batch at a time, retried and bisected as the event source mapping says.

Shards are read parents first. A reader goes on where it stopped (`checkpoints`), also after a restart.
"""

from __future__ import annotations

import base64
import json
import logging
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any

from local.clockwork.batches import failed_items
from local.clockwork.checkpoints import Checkpoints
from local.clockwork.event_patterns import matcher
from local.clockwork.queues import Invoke
from local.deployment import StreamSource

if TYPE_CHECKING:
    from mypy_boto3_dynamodbstreams import DynamoDBStreamsClient

_log = logging.getLogger(__name__)
_POLL_S = 0.2
_SHARDS_EVERY_S = 5.0  # a new shard appears only every few hours
_RETRY_WAITS_S = (0.2, 0.5, 1.0, 2.0, 5.0, 10.0)

Record = dict[str, Any]


class StreamReader:
    """Reads one stream for one function; `send` delivers a record of lost items to an ARN."""

    def __init__(
        self,
        source: StreamSource,
        streams: DynamoDBStreamsClient,
        invoke: Invoke,
        send: Callable[[str, bytes], None],
        checkpoints: Checkpoints,
    ) -> None:
        self._source = source
        self._streams = streams
        self._invoke = invoke
        self._send = send
        self._checkpoints = checkpoints
        self._name = f"{source.table}>{source.function}"
        self._matchers = [matcher(pattern) for pattern in source.patterns]
        self._iterators: dict[str, str] = {}
        self._finished: set[str] = set()
        self._listed_at = 0.0

    def step(self) -> float:
        """Read once from each open shard whose parent is finished."""
        if time.monotonic() - self._listed_at > _SHARDS_EVERY_S:
            self._list_shards()
        got = sum(self._read(shard) for shard in list(self._iterators))
        return 0.0 if got else _POLL_S

    def _list_shards(self) -> None:
        shards = self._streams.describe_stream(StreamArn=self._stream_arn())["StreamDescription"].get("Shards", [])
        ids = {shard["ShardId"] for shard in shards}
        for shard in shards:
            shard_id, parent = shard["ShardId"], shard.get("ParentShardId", "")
            waits = parent in ids and parent not in self._finished
            if not waits and shard_id not in self._finished and shard_id not in self._iterators:
                self._iterators[shard_id] = self._iterator(shard_id)
        self._listed_at = time.monotonic()

    def _stream_arn(self) -> str:
        """DynamoDB Local gives a stream an ARN of its own at each creation; the template's label may differ."""
        streams = self._streams.list_streams(TableName=self._source.table).get("Streams", [])
        return max((stream["StreamArn"] for stream in streams), default=self._source.stream_arn)

    def _iterator(self, shard_id: str) -> str:
        last = self._checkpoints.last(self._name, shard_id)
        arn = self._stream_arn()
        if last:
            answer = self._streams.get_shard_iterator(
                StreamArn=arn, ShardId=shard_id, ShardIteratorType="AFTER_SEQUENCE_NUMBER", SequenceNumber=last
            )
        else:
            answer = self._streams.get_shard_iterator(StreamArn=arn, ShardId=shard_id, ShardIteratorType="TRIM_HORIZON")
        return answer["ShardIterator"]

    def _read(self, shard_id: str) -> int:
        try:
            answer = self._streams.get_records(ShardIterator=self._iterators[shard_id], Limit=self._source.batch_size)
        except self._streams.exceptions.ExpiredIteratorException:
            self._iterators[shard_id] = self._iterator(shard_id)
            return 0
        records = [_plain(record) for record in answer.get("Records", [])]
        if records:
            self._handle([record for record in records if self._wanted(record)], shard_id)
            self._checkpoints.done(self._name, shard_id, records[-1]["dynamodb"]["SequenceNumber"])
        if following := answer.get("NextShardIterator"):
            self._iterators[shard_id] = following
        else:
            del self._iterators[shard_id]
            self._finished.add(shard_id)
            self._listed_at = 0.0
        return len(records)

    def _wanted(self, record: Record) -> bool:
        return not self._matchers or any(matches(record) for matches in self._matchers)

    def _handle(self, records: Sequence[Record], shard_id: str) -> None:
        """See one batch through: retry, bisect, at last hand it to the failure destination."""
        attempt = 0
        while records := self._left(records):
            if self._source.bisect and len(records) > 1:
                half = len(records) // 2
                self._handle(records[:half], shard_id)
                records, attempt = records[half:], 0
            elif attempt == self._source.retries:
                self._lose(records, shard_id)
                return
            else:
                time.sleep(_RETRY_WAITS_S[min(attempt, len(_RETRY_WAITS_S) - 1)])
                attempt += 1

    def _left(self, records: Sequence[Record]) -> Sequence[Record]:
        """Invoke with the records; returns those from the first failed one on, where AWS puts its checkpoint."""
        if not records:
            return records
        outcome = self._invoke(self._source.function, json.dumps({"Records": records}).encode())
        ids = [record["dynamodb"]["SequenceNumber"] for record in records]
        failed = failed_items(outcome, self._source.failures, ids)
        first = min((ids.index(one) for one in failed), default=len(ids))
        return records[first:]

    def _lose(self, records: Sequence[Record], shard_id: str) -> None:
        _log.warning("%s: %d records given up", self._name, len(records))
        if self._source.on_failure:
            self._send(self._source.on_failure, _loss(self._source, records, shard_id))


def _loss(source: StreamSource, records: Sequence[Record], shard_id: str) -> bytes:
    """AWS's record of a batch that was given up: where it was, not what was in it."""
    numbers = [record["dynamodb"]["SequenceNumber"] for record in records]
    batch = {
        "shardId": shard_id,
        "startSequenceNumber": numbers[0],
        "endSequenceNumber": numbers[-1],
        "batchSize": len(records),
        "streamArn": source.stream_arn,
    }
    context = {"functionArn": source.function, "condition": "RetryAttemptsExhausted"}
    return json.dumps({"version": "1.0", "requestContext": context, "DDBStreamBatchInfo": batch}).encode()


def _plain(value: Any) -> Any:
    """Turn what boto3 parsed back into JSON as Lambda sees it: instants as seconds, bytes as base64."""
    if isinstance(value, Mapping):
        return {key: _plain(one) for key, one in value.items()}
    if isinstance(value, str | bool | int | float):
        return value
    if isinstance(value, datetime):
        return int(value.timestamp())
    if isinstance(value, bytes):
        return base64.b64encode(value).decode()
    return [_plain(one) for one in value] if isinstance(value, Iterable) else value
