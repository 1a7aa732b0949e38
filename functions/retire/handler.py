"""Retire: the state in which a version that was replaced answers nobody any more."""

from dataclasses import asdict
from datetime import datetime
from typing import Any

from aws_lambda_powertools.utilities.typing import LambdaContext
from pydantic import BaseModel

from shared import telemetry, wiring
from shared.domain.names import ModelName
from shared.lifecycle import retire
from shared.settings import RetireSettings

verb = wiring.bind(retire.drained, RetireSettings)


class Event(BaseModel):
    """The state's input."""

    model: ModelName
    version: int
    since: datetime


@telemetry.handler
def handle(event: dict[str, Any], _: LambdaContext) -> dict[str, Any]:
    """Retire the version that has drained since then; what became of it."""
    state = Event.model_validate(event)
    return asdict(verb(retire.Drain(state.model, state.version, state.since)))
