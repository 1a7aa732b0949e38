"""Arrivals: what lies in the data bucket, and a second announcement of what nobody heard of."""

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from shared.domain.upload import Place


@dataclass(frozen=True, slots=True)
class Arrival:
    """An object, how large it is and when it came."""

    place: Place
    bytes: int
    at: datetime


class Arrivals(Protocol):
    """The data bucket as trigger sees it."""

    def since(self, at: datetime) -> tuple[Arrival, ...]:
        """The data sets put there since, newest version of each, oldest first."""
        ...

    def announce(self, arrival: Arrival) -> None:
        """Tell trigger of it, as the bucket's own event would have."""
        ...
