"""Rollback: the state in which a version that is tried is taken back."""

from typing import Any

from aws_lambda_powertools.utilities.typing import LambdaContext
from pydantic import TypeAdapter

from shared import telemetry, wiring
from shared.lifecycle import rollback
from shared.settings import RollbackSettings

verb = wiring.step(rollback.withdraw, RollbackSettings)
requests = TypeAdapter(rollback.Withdrawal)


@telemetry.handler
def handle(event: dict[str, Any], _: LambdaContext) -> dict[str, Any]:
    """The judge's sentence; the revision of the record that serves now."""
    receipt = verb(event.get("attempt"), requests.validate_python(event))
    return {"revision": receipt.revision}
