"""Train: the states in which candidates climb the search's rungs and the winner is refitted."""

from collections.abc import Callable
from dataclasses import asdict
from typing import Any

from aws_lambda_powertools.utilities.typing import LambdaContext
from pydantic import TypeAdapter

from shared import telemetry, wiring
from shared.domain.trial import Trial
from shared.lifecycle import train
from shared.settings import TrainSettings

TASKS: dict[str, Callable[..., train.Entered | train.Refitted | Trial]] = {
    "rung": wiring.bind(train.enter, TrainSettings),
    "trial": wiring.bind(train.attempt, TrainSettings),
    "refit": wiring.bind(train.refit, TrainSettings),
}
requests = TypeAdapter(train.Request)


@telemetry.handler
def handle(event: dict[str, Any], _: LambdaContext) -> dict[str, Any]:
    """One task of the search; what it came to, which the machine keeps only where it needs it."""
    verb = TASKS[event.pop("task")]
    return asdict(verb(requests.validate_python(event)))
