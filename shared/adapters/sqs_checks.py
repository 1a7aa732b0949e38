"""Checks on SQS: a message a model."""

import json
from typing import TYPE_CHECKING, Final

from shared.adapters.clients import answering, client

if TYPE_CHECKING:
    from mypy_boto3_sqs import SQSClient

UNBEGUN: Final = "ApproximateNumberOfMessages"


class SqsChecks:
    """A standard queue in front of monitor; raises Unavailable."""

    def __init__(self, queue: str) -> None:
        self._queue = queue
        self._client: SQSClient = client("sqs")

    def waiting(self) -> int:
        """About how many looks were asked for that nobody has begun yet; those that are under way do not count."""
        with answering("the queue"):
            asked = self._client.get_queue_attributes(QueueUrl=self._queue, AttributeNames=[UNBEGUN])
        return int(asked["Attributes"][UNBEGUN])

    def ask(self, model: str) -> None:
        """Have the model looked at."""
        with answering("the queue"):
            self._client.send_message(QueueUrl=self._queue, MessageBody=json.dumps({"model": model}))
