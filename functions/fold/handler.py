"""Fold: each object that the delivery stream has written comes here: bucket → EventBridge → queue."""

from typing import Any

from aws_lambda_powertools.utilities.batch import BatchProcessor, EventType, process_partial_response
from aws_lambda_powertools.utilities.data_classes import S3EventBridgeNotificationEvent
from aws_lambda_powertools.utilities.data_classes.sqs_event import SQSRecord
from aws_lambda_powertools.utilities.typing import LambdaContext

from shared import telemetry, wiring
from shared.lifecycle import fold
from shared.settings import FoldSettings

verb = wiring.bind(fold.run, FoldSettings)
processor = BatchProcessor(EventType.SQS)


def receive(record: SQSRecord) -> None:
    """One message: an object was created."""
    event = S3EventBridgeNotificationEvent(record.json_body)
    verb(fold.Request(event.detail.object.key))


@telemetry.handler
def handle(event: dict[str, Any], context: LambdaContext) -> dict[str, Any]:
    """Messages one by one; those that failed come again."""
    return dict(process_partial_response(event, receive, processor, context))
