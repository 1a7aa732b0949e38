"""moto waits until an instant of this machine's own zone, or up to a second less. AWS waits for the instant, in UTC."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Callable

from moto.stepfunctions.parser.asl.component.state.wait.wait_function.timestamp import Timestamp
from moto.stepfunctions.parser.asl.eval.environment import Environment


def apply() -> None:
    """Work out the whole seconds that are left, rounded up: moto never ends a wait of a fraction."""
    by_moto: Callable[[Timestamp, Environment], int] = Timestamp._get_wait_seconds  # noqa: SLF001

    def seconds_left(self: Timestamp, env: Environment) -> int:
        self.string.eval(env=env)
        said = env.stack[-1]
        until: dt.datetime | None = self._from_timestamp_string(said)
        if until is None:
            return by_moto(self, env)  # it says what is wrong with it
        env.stack.pop()
        left = until.replace(tzinfo=dt.UTC) - dt.datetime.now(dt.UTC)
        return max(math.ceil(left.total_seconds()), 0)

    Timestamp._get_wait_seconds = seconds_left  # noqa: SLF001
