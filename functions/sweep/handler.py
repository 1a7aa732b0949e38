"""Sweep: once an hour, what events lost is found again."""

from dataclasses import asdict
from typing import Any

from aws_lambda_powertools.utilities.typing import LambdaContext

from shared import telemetry, wiring
from shared.lifecycle import sweep
from shared.settings import SweepSettings

verb = wiring.bind(sweep.run, SweepSettings)


@telemetry.handler
def handle(_: dict[str, Any], __: LambdaContext) -> dict[str, Any]:
    """Mend; how many of each were found."""
    return asdict(verb())
