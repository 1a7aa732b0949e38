"""SQS → Lambda: long poll, invoke, delete what the answer does not report as failed.

A message that stays comes back when its visibility time-out has passed; moto then moves it to the dead-letter queue.
"""

from __future__ import annotations

import base64
import json
import logging
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from local.clockwork.batches import failed_items
from local.deployment import QueueSource
from local.runtime.calls import Outcome

if TYPE_CHECKING:
    from mypy_boto3_sqs import SQSClient
    from mypy_boto3_sqs.type_defs import MessageTypeDef

_log = logging.getLogger(__name__)
_LONG_POLL_S = 20
_MOST_A_RECEIVE = 10

Invoke = Callable[[str, bytes], Outcome]


class QueuePoller:
    """Polls one queue for one function, one batch at a time."""

    def __init__(self, source: QueueSource, region: str, sqs: SQSClient, invoke: Invoke) -> None:
        self._source = source
        self._region = region
        self._sqs = sqs
        self._invoke = invoke

    def step(self) -> float:
        """Wait for a batch and see it through; the next one may come at once."""
        answer = self._sqs.receive_message(
            QueueUrl=self._source.queue_url,
            MaxNumberOfMessages=min(self._source.batch_size, _MOST_A_RECEIVE),
            WaitTimeSeconds=_LONG_POLL_S,
            MessageSystemAttributeNames=["All"],
            MessageAttributeNames=["All"],
        )
        if messages := answer.get("Messages", []):
            self._handle(messages)
        return 0.0

    def _handle(self, messages: Sequence[MessageTypeDef]) -> None:
        event = {"Records": [self._record(message) for message in messages]}
        outcome = self._invoke(self._source.function, json.dumps(event).encode())
        ids = [message["MessageId"] for message in messages]
        failed = failed_items(outcome, self._source.failures, ids)
        if failed:
            _log.info("%s: %d of %d messages failed", self._source.function, len(failed), len(ids))
        done = [message for message in messages if message["MessageId"] not in failed]
        if done:
            self._sqs.delete_message_batch(
                QueueUrl=self._source.queue_url,
                Entries=[{"Id": str(i), "ReceiptHandle": m["ReceiptHandle"]} for i, m in enumerate(done)],
            )

    def _record(self, message: MessageTypeDef) -> dict[str, object]:
        return {
            "messageId": message["MessageId"],
            "receiptHandle": message["ReceiptHandle"],
            "body": message["Body"],
            "attributes": message.get("Attributes", {}),
            "messageAttributes": {k: _attribute(v) for k, v in message.get("MessageAttributes", {}).items()},
            "md5OfBody": message["MD5OfBody"],
            "eventSource": "aws:sqs",
            "eventSourceARN": self._source.queue_arn,
            "awsRegion": self._region,
        }


def _attribute(value: Mapping[str, Any]) -> dict[str, object]:
    out: dict[str, object] = {"stringListValues": [], "binaryListValues": [], "dataType": value["DataType"]}
    if "StringValue" in value:
        out["stringValue"] = value["StringValue"]
    if "BinaryValue" in value:
        out["binaryValue"] = base64.b64encode(value["BinaryValue"]).decode()
    return out
