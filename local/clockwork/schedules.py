"""Schedules of EventBridge: each fires at its own times, and `tempo` makes all of that time run faster."""

from __future__ import annotations

import json
import uuid
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from local.clockwork.expressions import Cron, Rate, parse
from local.deployment import Schedule

_LONGEST_NAP_S = 1.0


@dataclass(frozen=True, slots=True)
class TempoClock:
    """A clock that starts at the right time and runs `tempo` times as fast; at tempo 1 it is the right time."""

    started: datetime
    tempo: float

    def now(self, real: datetime) -> datetime:
        """What this clock shows at a real instant."""
        return self.started + (real - self.started) * self.tempo


class Scheduler:
    """Fires the schedules; `send` delivers a JSON payload to an ARN."""

    def __init__(
        self,
        schedules: Iterable[Schedule],
        clock: TempoClock,
        account: str,
        send: Callable[[str, bytes], None],
        real_time: Callable[[], datetime],
    ) -> None:
        self._clock = clock
        self._real_time = real_time
        self._account = account
        self._send = send
        timed = [(schedule, parse(schedule.expression)) for schedule in schedules]
        self._due: list[tuple[datetime, Schedule, Rate | Cron]] = [
            (when.next_after(clock.started), schedule, when) for schedule, when in timed
        ]

    def step(self) -> float:
        """Fire what is due; an interval that was missed is not made up for."""
        real = self._real_time()
        now = self._clock.now(real)
        for at, schedule, when in self._due[:]:
            if at <= now:
                self._due.remove((at, schedule, when))
                following = when.next_after(at)
                self._due.append((following if following > now else when.next_after(now), schedule, when))
                self._fire(schedule, real)
        until = min((at for at, _, _ in self._due), default=now + timedelta(days=1))
        return min(max((until - now).total_seconds() / self._clock.tempo, 0.0), _LONGEST_NAP_S)

    def _fire(self, schedule: Schedule, at: datetime) -> None:
        body = schedule.input or json.dumps(scheduled_event(schedule, self._account, at))
        self._send(schedule.target_arn, body.encode())


def scheduled_event(schedule: Schedule, account: str, at: datetime) -> dict[str, object]:
    """AWS's own event of a rule's schedule; `time` is the real time, which functions compare with what they wrote."""
    region = schedule.target_arn.split(":")[3]
    return {
        "version": "0",
        "id": str(uuid.uuid4()),
        "detail-type": "Scheduled Event",
        "source": "aws.events",
        "account": account,
        "time": at.strftime("%Y-%m-%dT%H:%M:%SZ"),
        "region": region,
        "resources": [f"arn:aws:events:{region}:{account}:rule/{schedule.name}"],
        "detail": {},
    }
