"""Close: each end of the machine comes here through a queue, as its status event."""

from typing import Any

from aws_lambda_powertools.utilities.typing import LambdaContext
from pydantic import BaseModel, Field, Json

from shared import telemetry, wiring
from shared.domain.execution import Execution, State
from shared.domain.names import ModelName
from shared.lifecycle import close
from shared.settings import CloseSettings

verb = wiring.bind(close.run, CloseSettings)


class Started(BaseModel):
    """The input of the execution that ended."""

    model: ModelName
    run: str


class Detail(BaseModel):
    """AWS's account of an execution."""

    status: State
    input: Json[Started]
    error: str | None = None
    cause: str | None = None


class StatusChange(BaseModel):
    """The event `Step Functions Execution Status Change`."""

    detail: Detail


class Message(BaseModel):
    """A message of the queue."""

    body: Json[StatusChange]


class Messages(BaseModel):
    """A batch of one: a message that fails comes again alone."""

    records: list[Message] = Field(alias="Records")


@telemetry.handler
def handle(event: dict[str, Any], _: LambdaContext) -> dict[str, Any]:
    """End the runs; how each of them stands now."""
    details = [message.body.detail for message in Messages.model_validate(event).records]
    ends = [Execution(d.status, d.error or "", d.cause or "") for d in details]
    runs = [close.Request(d.input.model, d.input.run, end) for d, end in zip(details, ends, strict=True)]
    return {"runs": [verb(run) for run in runs]}
