"""A bus in memory."""

from shared.domain.event import Event


class MemoryBus:
    """Every event that was put on it, in order."""

    def __init__(self) -> None:
        self.events: list[Event] = []

    def emit(self, event: Event) -> None:
        """Put one event on the bus."""
        self.events.append(event)
