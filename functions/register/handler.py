"""Register: the state in which an accepted candidate becomes a version."""

from dataclasses import asdict
from typing import Any

from aws_lambda_powertools.utilities.typing import LambdaContext
from pydantic import TypeAdapter

from shared import telemetry, wiring
from shared.lifecycle import register
from shared.settings import RegisterSettings

verb = wiring.step(register.run, RegisterSettings)
requests = TypeAdapter(register.Request)


@telemetry.handler
def handle(event: dict[str, Any], _: LambdaContext) -> dict[str, Any]:
    """The artifact; the version's number."""
    return asdict(verb(event.get("attempt"), requests.validate_python(event)))
