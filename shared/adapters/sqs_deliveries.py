"""Deliveries on SQS: what lies in the captures bucket, announced once more on the queue that its own events come by."""

import json
from typing import TYPE_CHECKING

from shared.adapters.clients import answering, client

if TYPE_CHECKING:
    from mypy_boto3_sqs import SQSClient


class SqsDeliveries:
    """The captures bucket's name, and fold's queue; raises Unavailable."""

    def __init__(self, bucket: str, queue: str) -> None:
        self._bucket = bucket
        self._queue = queue
        self._client: SQSClient = client("sqs")

    def announce(self, key: str) -> None:
        """Tell fold of the object, as the bucket's own event would have."""
        detail = {"bucket": {"name": self._bucket}, "object": {"key": key}, "reason": "PutObject"}
        event = {"version": "0", "detail-type": "Object Created", "source": "aws.s3", "detail": detail}
        with answering("the queue"):
            self._client.send_message(QueueUrl=self._queue, MessageBody=json.dumps(event))
