"""Deploy: the state in which a version takes over, or goes the next step beside the champion."""

from dataclasses import asdict
from typing import Any

from aws_lambda_powertools.utilities.typing import LambdaContext
from pydantic import TypeAdapter

from shared import telemetry, wiring
from shared.lifecycle import deploy
from shared.settings import DeploySettings

verb = wiring.step(deploy.run, DeploySettings)
requests = TypeAdapter(deploy.Request)


@telemetry.handler
def handle(event: dict[str, Any], _: LambdaContext) -> dict[str, Any]:
    """The version and the step; the way it goes, and until when."""
    return asdict(verb(event.get("attempt"), requests.validate_python(event)))
