"""Trigger: the door through which uploads come: bucket → EventBridge → queue."""

from datetime import datetime
from typing import Any

from aws_lambda_powertools.utilities.batch import BatchProcessor, EventType, process_partial_response
from aws_lambda_powertools.utilities.data_classes import S3EventBridgeNotificationEvent
from aws_lambda_powertools.utilities.data_classes.sqs_event import SQSRecord
from aws_lambda_powertools.utilities.typing import LambdaContext
from pydantic import TypeAdapter

from shared import telemetry, wiring
from shared.domain.upload import Place
from shared.lifecycle import trigger
from shared.settings import TriggerSettings

verb = wiring.bind(trigger.run, TriggerSettings)
processor = BatchProcessor(EventType.SQS)
instants = TypeAdapter(datetime)


def receive(record: SQSRecord) -> None:
    """One message: an object was created."""
    event = S3EventBridgeNotificationEvent(record.json_body)
    place = Place(event.detail.bucket.name, event.detail.object.key, event.detail.object.version_id)
    verb(trigger.Request(place, event.detail.object.size or 0, instants.validate_python(event.time)))


@telemetry.handler
def handle(event: dict[str, Any], context: LambdaContext) -> dict[str, Any]:
    """Messages one by one; those that failed come again."""
    return dict(process_partial_response(event, receive, processor, context))
