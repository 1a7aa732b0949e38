"""Train: the states in which candidates climb the search's rungs, the winner is refitted, or a drill's copy broken."""

from collections.abc import Callable, Mapping
from dataclasses import asdict
from typing import Any

from aws_lambda_powertools.utilities.typing import LambdaContext
from pydantic import TypeAdapter

from shared import telemetry, wiring
from shared.lifecycle import train
from shared.settings import TrainSettings

TASKS: Mapping[str, tuple[Callable[..., Any], TypeAdapter[Any]]] = {
    "rung": (wiring.step(train.enter, TrainSettings), TypeAdapter(train.Request)),
    "trial": (wiring.step(train.attempt, TrainSettings), TypeAdapter(train.Request)),
    "refit": (wiring.step(train.refit, TrainSettings), TypeAdapter(train.Request)),
    "drill": (wiring.step(train.break_copy, TrainSettings), TypeAdapter(train.Drill)),
}


@telemetry.handler
def handle(event: dict[str, Any], _: LambdaContext) -> dict[str, Any]:
    """One task; what it came to, which the machine keeps only where it needs it."""
    verb, requests = TASKS[event.pop("task")]
    return asdict(verb(event.get("attempt"), requests.validate_python(event)))
