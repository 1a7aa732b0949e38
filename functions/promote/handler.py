"""Promote: the state in which a version becomes champion."""

from typing import Any

from aws_lambda_powertools.utilities.typing import LambdaContext
from pydantic import BaseModel

from shared import telemetry, wiring
from shared.domain.names import ModelName
from shared.domain.order import step_order
from shared.lifecycle import promote
from shared.settings import PromoteSettings

verb = wiring.step(promote.run, PromoteSettings)


class Event(BaseModel):
    """The state's input."""

    model: ModelName
    run: str
    version: int
    detail: str = "it passed every gate"


@telemetry.handler
def handle(event: dict[str, Any], _: LambdaContext) -> dict[str, Any]:
    """Promote the version in the name of its run."""
    state = Event.model_validate(event)
    order = step_order(state.run, "promote", state.detail)
    receipt = verb(event.get("attempt"), promote.Request(state.model, state.version, order))
    return {"revision": receipt.revision}
