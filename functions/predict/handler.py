"""Predict: the door that has a millisecond; its errors are logged with the request's id, so no more is decorated."""

from typing import Any

from aws_lambda_powertools.utilities.typing import LambdaContext

from shared import telemetry, wiring
from shared.api import predictions
from shared.api.witness import Witness, witnessed
from shared.settings import PredictSettings

answer = wiring.bind(predictions.answer, PredictSettings)
respond = witnessed(answer, Witness(telemetry.unexpected, telemetry.measured, telemetry.captured))


def handle(event: dict[str, Any], _: LambdaContext) -> dict[str, Any]:
    """The gateway's event; its answer."""
    return respond(event)
