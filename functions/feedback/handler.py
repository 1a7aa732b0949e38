"""Feedback: the door for outcomes; like predict's it is not decorated, and it loads none of the engines."""

from typing import Any

from aws_lambda_powertools.utilities.typing import LambdaContext

from shared import telemetry, wiring
from shared.api import outcomes
from shared.api.witness import Witness, witnessed
from shared.settings import FeedbackSettings

answer = wiring.bind(outcomes.answer, FeedbackSettings)
respond = witnessed(answer, Witness(telemetry.unexpected, telemetry.measured, telemetry.captured))


def handle(event: dict[str, Any], _: LambdaContext) -> dict[str, Any]:
    """The gateway's event; its answer."""
    return respond(event)
