"""Monitor: the models that a tick asks for come through a queue, one at a time."""

from dataclasses import asdict
from typing import Any

from aws_lambda_powertools.utilities.typing import LambdaContext
from pydantic import BaseModel, Field, Json

from shared import telemetry, wiring
from shared.domain.names import ModelName
from shared.lifecycle import monitor
from shared.settings import MonitorSettings

verb = wiring.bind(monitor.run, MonitorSettings)


class Asked(BaseModel):
    """What tick put on the queue."""

    model: ModelName


class Message(BaseModel):
    """A message of the queue."""

    body: Json[Asked]


class Messages(BaseModel):
    """A batch of one: a model that fails comes again alone."""

    records: list[Message] = Field(alias="Records")


@telemetry.handler
def handle(event: dict[str, Any], _: LambdaContext) -> dict[str, Any]:
    """Look, and say how far each model is towards its thresholds; how many windows, and what was found."""
    results = [verb(monitor.Request(message.body.model)) for message in Messages.model_validate(event).records]
    telemetry.all_measured((result.model, result.at, result.metrics) for result in results)
    return {"checks": [{**asdict(result), "at": result.at.isoformat()} for result in results]}
