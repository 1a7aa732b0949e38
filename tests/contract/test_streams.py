"""A DynamoDB stream is read as AWS's event source mapping reads it: in order, retried, bisected, never twice."""

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from typing import Any

import pytest

from local.clockwork.checkpoints import Checkpoints
from local.clockwork.clients import Clients
from local.clockwork.streams import StreamReader
from local.deployment import Addresses, BatchFailures, StreamSource
from local.runtime.calls import Outcome
from tests.contract.live_cloud import Cloud

LOST = "arn:aws:sqs:eu-central-1:123456789012:lost"
_numbers = count(1)


@dataclass(slots=True)
class Stream:
    """A table with a stream, the batches that were handled, and what was given up."""

    cloud: Cloud
    table: str
    path: Path
    batches: list[list[str]] = field(default_factory=list)
    lost: list[tuple[str, dict[str, Any]]] = field(default_factory=list)

    def put(self, *keys: str) -> None:
        """Put an item each."""
        for key in keys:
            self.cloud.client("dynamodb").put_item(TableName=self.table, Item={"PK": {"S": key}})

    def read(
        self, answer: Callable[[list[str]], str], retries: int = -1, bisect: str = "no", pattern: str = ""
    ) -> "Stream":
        """Read to the end with a reader of its own; `answer` is the function: keys → error, "" = none."""
        patterns = (pattern,) if pattern else ()
        source = StreamSource(
            self.table, "", "tell", 10, patterns, BatchFailures.WHOLE_BATCH, retries, bisect == "yes", LOST
        )

        def invoke(_name: str, payload: bytes) -> Outcome:
            keys = [record["dynamodb"]["Keys"]["PK"]["S"] for record in json.loads(payload)["Records"]]
            self.batches.append(keys)
            return Outcome("r", b"{}", answer(keys))

        streams = Clients(self.cloud.addresses, "eu-central-1").streams
        send: Callable[[str, bytes], None] = lambda arn, body: self.lost.append((arn, json.loads(body)))  # noqa: E731
        reader = StreamReader(source, streams, invoke, send, Checkpoints(self.path))
        while reader.step() == 0.0:
            continue
        return self


@pytest.fixture
def stream(dynamodb: str, tmp_path: Path) -> Iterator[Stream]:
    """An empty table with a stream."""
    cloud = Cloud(Addresses("http://127.0.0.1:1", dynamodb, "127.0.0.1", 1), tmp_path)
    name = f"outbox-{next(_numbers)}"
    cloud.client("dynamodb").create_table(
        TableName=name,
        BillingMode="PAY_PER_REQUEST",
        KeySchema=[{"AttributeName": "PK", "KeyType": "HASH"}],
        AttributeDefinitions=[{"AttributeName": "PK", "AttributeType": "S"}],
        StreamSpecification={"StreamEnabled": True, "StreamViewType": "NEW_IMAGE"},
    )
    yield Stream(cloud, name, tmp_path / "streams.json")
    cloud.client("dynamodb").delete_table(TableName=name)


def well(_keys: list[str]) -> str:
    """Succeed."""
    return ""


def fails_on(key: str, times: float = float("inf")) -> Callable[[list[str]], str]:
    """Fail so many times where a batch holds the key."""
    left = [times]

    def answer(keys: list[str]) -> str:
        if key not in keys or not left[0]:
            return ""
        left[0] -= 1
        return "Unhandled"

    return answer


def test_records_come_in_order_and_in_batches(stream: Stream) -> None:
    keys = [f"n{number:02}" for number in range(13)]
    stream.put(*keys)
    assert stream.read(well).batches == [keys[:10], keys[10:]]


def test_a_reader_that_starts_again_repeats_nothing(stream: Stream) -> None:
    stream.put("first")
    stream.read(well)
    stream.put("meanwhile")
    assert stream.read(well).batches == [["first"], ["meanwhile"]]


def test_a_failed_batch_is_tried_again_before_the_next(stream: Stream) -> None:
    stream.put("a", "b")
    assert stream.read(fails_on("b", times=2)).batches == [["a", "b"]] * 3


def test_a_batch_that_keeps_failing_is_given_up_after_its_retries(stream: Stream) -> None:
    stream.put("a", "b")
    assert stream.read(fails_on("b"), retries=1).batches == [["a", "b"]] * 2
    ((arn, record),) = stream.lost
    assert (arn, record["DDBStreamBatchInfo"]["batchSize"]) == (LOST, 2)


def test_a_bisected_batch_loses_the_bad_record_alone(stream: Stream) -> None:
    stream.put("a", "b", "c", "d")
    stream.read(fails_on("c"), retries=0, bisect="yes")
    assert stream.batches == [["a", "b", "c", "d"], ["a", "b"], ["c", "d"], ["c"], ["d"]]
    assert [record["DDBStreamBatchInfo"]["batchSize"] for _, record in stream.lost] == [1]


def test_a_record_that_no_pattern_wants_is_passed_over(stream: Stream) -> None:
    stream.put("a", "b")
    pattern = '{"dynamodb": {"Keys": {"PK": {"S": ["b"]}}}}'
    assert stream.read(well, pattern=pattern).batches == [["b"]]
    assert stream.read(well, pattern=pattern).batches == [["b"]]
