"""Weeks of a small airline: flights hour by hour, some of them late by chance and by the weather."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import numpy as np
from numpy.typing import NDArray

from shared.domain.hour import HOUR

WINTER = datetime(2013, 1, 7, tzinfo=UTC)
"""A Monday: thirteen weeks of flights begin."""

SPRING = WINTER + timedelta(weeks=13)
"""Version 1 begins to serve."""

CARRIERS = ("AA", "B6", "UA")
LATE = np.array([0.35, 0.12, 0.22])
AN_HOUR = 12


@dataclass(frozen=True, slots=True, eq=False)
class Flights:
    """Flights by hour: hours since `begin`, carriers' codes, miles, what version 1 says, and what became of them."""

    begin: datetime
    hour: NDArray[np.int64]
    carrier: NDArray[np.int64]
    distance: NDArray[np.float64]
    score: NDArray[np.float64]
    late: NDArray[np.float64]

    @property
    def seconds(self) -> NDArray[np.int64]:
        """When each leaves, in seconds since 1970."""
        return (int(self.begin.timestamp()) + 3600 * self.hour).astype(np.int64)

    def within(self, first: int, last: int) -> "Flights":
        """Those of these days, which count from 0."""
        return self._some((self.hour >= 24 * first) & (self.hour < 24 * last))

    def one_in(self, hours: int) -> "Flights":
        """The first of every so many hours."""
        return self._some(np.arange(len(self.hour)) % (hours * AN_HOUR) == 0)

    def _some(self, rows: NDArray[np.bool_]) -> "Flights":
        hour, carrier = self.hour[rows], self.carrier[rows]
        return Flights(self.begin, hour, carrier, self.distance[rows], self.score[rows], self.late[rows])

    @property
    def end(self) -> datetime:
        """The hour after the last."""
        return self.begin + (int(self.hour.max()) + 1) * HOUR


def flights(
    begin: datetime, days: int, seed: int, later: float = 0.0, carriers: tuple[float, ...] = (0.4, 0.3, 0.3)
) -> Flights:
    """Twelve an hour; days differ by chance, and bad ones come in rows. `later` more of them are late than foretold."""
    drawn = np.random.default_rng(seed)
    hour = np.repeat(np.arange(24 * days), AN_HOUR)
    carrier = drawn.choice(3, len(hour), p=carriers)
    weather, day = np.zeros(days), 0.0
    for number, shock in enumerate(drawn.normal(0, 0.03, days)):
        day = weather[number] = 0.5 * day + shock
    score = LATE[carrier] + drawn.normal(0, 0.01, len(hour))
    late = (drawn.random(len(hour)) < score + weather[hour // 24] + later).astype(np.float64)
    return Flights(begin, hour, carrier, drawn.normal(900, 300, len(hour)), score, late)


def clock_words(seconds: NDArray[np.int64]) -> tuple[list[str], list[str]]:
    """Hour and weekday on New York's clocks; of these weeks all but the first are in summer time."""
    summer = int(datetime(2013, 3, 10, 7, tzinfo=UTC).timestamp())
    local = seconds - np.where(seconds >= summer, 4, 5) * 3600
    return [str(each) for each in local // 3600 % 24], [str(each) for each in (local // 86400 + 3) % 7]
