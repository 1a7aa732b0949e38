"""Approve: the states in which a run asks for approval, and in which its time to be approved is over."""

from collections.abc import Callable, Mapping
from dataclasses import asdict
from typing import Any

from aws_lambda_powertools.utilities.typing import LambdaContext
from pydantic import TypeAdapter

from shared import telemetry, wiring
from shared.lifecycle import approve
from shared.settings import ApproveSettings

TASKS: Mapping[str, tuple[Callable[..., Any], TypeAdapter[Any]]] = {
    "ask": (wiring.step(approve.ask, ApproveSettings), TypeAdapter(approve.Asked)),
    "settle": (wiring.step(approve.settle, ApproveSettings), TypeAdapter(approve.Overdue)),
}


@telemetry.handler
def handle(event: dict[str, Any], _: LambdaContext) -> dict[str, Any]:
    """One task; what it came to."""
    verb, requests = TASKS[event.pop("task")]
    return asdict(verb(event.get("attempt"), requests.validate_python(event)))
