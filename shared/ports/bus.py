"""Bus: events for programs outside."""

from typing import Protocol

from shared.domain.event import Event


class Bus(Protocol):
    """At least once, in no order; an event's id is the same each time."""

    def emit(self, event: Event) -> None:
        """Put one event on the bus."""
        ...
