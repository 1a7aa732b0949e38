"""Tick: every five minutes the schedule asks which models are to be looked at."""

from typing import Any

from aws_lambda_powertools.utilities.typing import LambdaContext

from shared import telemetry, wiring
from shared.lifecycle import tick
from shared.settings import TickSettings

verb = wiring.bind(tick.run, TickSettings)


@telemetry.handler
def handle(_: dict[str, Any], __: LambdaContext) -> dict[str, Any]:
    """Ask; the models."""
    return {"models": list(verb())}
