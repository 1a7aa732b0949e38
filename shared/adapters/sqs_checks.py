"""Checks on SQS: a message a model."""

import json
from typing import TYPE_CHECKING

from shared.adapters.clients import answering, client

if TYPE_CHECKING:
    from mypy_boto3_sqs import SQSClient


class SqsChecks:
    """A standard queue in front of monitor; raises Unavailable."""

    def __init__(self, queue: str) -> None:
        self._queue = queue
        self._client: SQSClient = client("sqs")

    def ask(self, model: str) -> None:
        """Have the model looked at."""
        with answering("the queue"):
            self._client.send_message(QueueUrl=self._queue, MessageBody=json.dumps({"model": model}))
