"""Sweep: once an hour, what events lost is found again."""

from collections.abc import Callable
from dataclasses import asdict
from typing import Any

from aws_lambda_powertools.utilities.typing import LambdaContext

from shared import telemetry, wiring
from shared.lifecycle.sweep import approvals, artifacts, captures, drains, runs, uploads
from shared.settings import SweepSettings

VERBS: tuple[Callable[..., Any], ...] = (uploads.run, captures.run, approvals.run, runs.run, drains.run, artifacts.run)
verbs = tuple(wiring.bind(verb, SweepSettings) for verb in VERBS)


@telemetry.handler
def handle(_: dict[str, Any], __: LambdaContext) -> dict[str, Any]:
    """Mend; how many of each were found, which the log keeps, since nobody waits for the answer."""
    found = {name: each for verb in verbs for name, each in asdict(verb()).items()}
    telemetry.logger.info("swept", found=found)
    return found
