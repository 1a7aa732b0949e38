"""Score: the states in which two models answer the same rows: untouched ones, golden ones, or what callers sent."""

from collections.abc import Callable, Mapping
from dataclasses import asdict
from typing import Any

from aws_lambda_powertools.utilities.typing import LambdaContext
from pydantic import TypeAdapter

from shared import telemetry, wiring
from shared.lifecycle import compare, replay, score
from shared.settings import ScoreSettings

TASKS: Mapping[str, tuple[Callable[..., Any], TypeAdapter[Any]]] = {
    "test": (wiring.step(score.run, ScoreSettings), TypeAdapter(score.Request)),
    "compare": (wiring.step(compare.run, ScoreSettings), TypeAdapter(compare.Request)),
    "replay": (wiring.step(replay.run, ScoreSettings), TypeAdapter(replay.Request)),
}


@telemetry.handler
def handle(event: dict[str, Any], _: LambdaContext) -> dict[str, Any]:
    """One task; what it came to."""
    verb, requests = TASKS[event.pop("task")]
    return asdict(verb(event.get("attempt"), requests.validate_python(event)))
