"""Api: the door of everything but predict."""

from typing import Any

from aws_lambda_powertools.utilities.typing import LambdaContext

from shared import telemetry, wiring
from shared.api.door import door
from shared.api.routes import ROUTES
from shared.settings import ApiSettings

ENDPOINTS = {route.key: wiring.bind(route.answer, ApiSettings) for route in ROUTES if route.answer}
respond = door(ROUTES, ENDPOINTS, telemetry.unexpected)


@telemetry.handler
def handle(event: dict[str, Any], _: LambdaContext) -> dict[str, Any]:
    """The gateway's event; its answer."""
    return respond(event)
