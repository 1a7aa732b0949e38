"""Captures: rows that were captured and delivered, and that nobody counted."""

from dataclasses import dataclass
from datetime import timedelta

from shared.ports.clock import Clock
from shared.ports.deliveries import Deliveries
from shared.ports.objects import Objects
from shared.ports.profiles import Profiles, unfolded

UNCOUNTED = timedelta(minutes=10)
"""How long after its delivery an object may not be folded yet: fold is tried for longer, but doing it twice is well."""

AT_ONCE = 100
"""Objects that are announced again in one sweep, the oldest first: they hold the watermark."""


@dataclass(frozen=True, slots=True)
class Found:
    """How many objects were announced once more."""

    captures: int


def run(*, profiles: Profiles, captures: Objects, deliveries: Deliveries, clock: Clock) -> Found:
    """Announce what was delivered and never folded."""
    uncounted = unfolded(profiles, captures, clock.now() - UNCOUNTED, clock.now())[:AT_ONCE]
    for key in uncounted:
        deliveries.announce(key)
    return Found(len(uncounted))
