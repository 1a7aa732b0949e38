"""What capture adds to a call: predict's door with every row captured and with none, turn about in one process.

Run as `python -m bench._capture EVENT CALLS` with the environment of a worker. What the doors print goes nowhere.
"""

import contextlib
import json
import os
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from time import perf_counter
from typing import Any

from shared import telemetry
from shared.adapters.dynamodb_servings import DynamoServings
from shared.adapters.s3_objects import S3Objects
from shared.adapters.system_clock import SystemClock
from shared.adapters.ulid_ids import UlidIds
from shared.api import predictions
from shared.api.witness import Witness, witnessed
from shared.domain.serving import Serving
from shared.settings import PredictSettings, read

SHARES: Mapping[str, float] = {"off_ms": 0.0, "on_ms": 1.0}


@dataclass(frozen=True, slots=True)
class Capturing:
    """The serving records as they are, but for the share of rows that is captured."""

    servings: DynamoServings
    share: float

    def serving(self, name: str) -> Serving:
        """Which versions answer now."""
        return replace(self.servings.serving(name), capture=self.share)


def main(event: dict[str, Any], calls: int) -> Mapping[str, Sequence[float]]:
    """Milliseconds of each call, without and with capture."""
    doors = {name: _door(share) for name, share in SHARES.items()}
    took: dict[str, list[float]] = {name: [] for name in SHARES}
    with Path(os.devnull).open("w") as nowhere, contextlib.redirect_stdout(nowhere):
        for _ in range(calls):
            for name, respond in doors.items():
                began = perf_counter()
                respond(event)
                took[name].append(1000 * (perf_counter() - began))
    return took


def _door(share: float) -> Callable[[object], object]:
    chosen = read(PredictSettings)
    assert isinstance(chosen, PredictSettings)  # noqa: S101  # what read gives is of the class that it is given
    answer = partial(
        predictions.answer,
        servings=Capturing(DynamoServings(chosen.table), share),
        artifacts=S3Objects(chosen.artifacts_bucket),
        clock=SystemClock(),
        ids=UlidIds(),
        fresh_s=chosen.fresh_s,
    )
    return witnessed(answer, Witness(telemetry.unexpected, telemetry.measured, telemetry.captured))


if __name__ == "__main__":
    print(json.dumps(main(json.loads(Path(sys.argv[1]).read_text()), int(sys.argv[2]))))
