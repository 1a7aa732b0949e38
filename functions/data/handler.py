"""Data: the state in which uploads become a data version."""

from dataclasses import asdict
from typing import Any

from aws_lambda_powertools.utilities.typing import LambdaContext
from pydantic import TypeAdapter

from shared import telemetry, wiring
from shared.lifecycle import data
from shared.settings import DataSettings

verb = wiring.step(data.run, DataSettings)
requests = TypeAdapter(data.Request)


@telemetry.handler
def handle(event: dict[str, Any], _: LambdaContext) -> dict[str, Any]:
    """The run's uploads; the data version's id."""
    return asdict(verb(event.get("attempt"), requests.validate_python(event)))
