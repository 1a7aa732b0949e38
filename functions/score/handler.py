"""Score: the state in which candidate and champion answer the untouched rows."""

from dataclasses import asdict
from typing import Any

from aws_lambda_powertools.utilities.typing import LambdaContext
from pydantic import TypeAdapter

from shared import telemetry, wiring
from shared.lifecycle import score
from shared.settings import ScoreSettings

verb = wiring.bind(score.run, ScoreSettings)
requests = TypeAdapter(score.Request)


@telemetry.handler
def handle(event: dict[str, Any], _: LambdaContext) -> dict[str, Any]:
    """The artifact; the version it was scored beside."""
    return asdict(verb(requests.validate_python(event)))
