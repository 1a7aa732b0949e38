"""Evaluate: the state in which a candidate is judged."""

from dataclasses import asdict
from typing import Any

from aws_lambda_powertools.utilities.typing import LambdaContext
from pydantic import TypeAdapter

from shared import telemetry, wiring
from shared.lifecycle import evaluate
from shared.settings import EvaluateSettings

verb = wiring.step(evaluate.run, EvaluateSettings)
requests = TypeAdapter(evaluate.Request)


@telemetry.handler
def handle(event: dict[str, Any], _: LambdaContext) -> dict[str, Any]:
    """The scored artifact; the verdict and why."""
    return asdict(verb(event.get("attempt"), requests.validate_python(event)))
