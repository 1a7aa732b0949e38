"""Judge: the state in which a version that is tried beside the champion is looked at."""

from dataclasses import asdict
from typing import Any

from aws_lambda_powertools.utilities.typing import LambdaContext
from pydantic import TypeAdapter

from shared import telemetry, wiring
from shared.lifecycle import judge
from shared.settings import JudgeSettings

verb = wiring.step(judge.run, JudgeSettings)
requests = TypeAdapter(judge.Request)


@telemetry.handler
def handle(event: dict[str, Any], _: LambdaContext) -> dict[str, Any]:
    """The step; what is to be done, why, and what the next look goes on from."""
    return asdict(verb(event.get("attempt"), requests.validate_python(event)))
