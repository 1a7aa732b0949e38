"""Drains in memory: who waits for what."""

from datetime import datetime

Waiting = tuple[str, int, datetime, datetime]
"""Model, version, since, sunset."""


class MemoryDrains:
    """Executions in the order in which they were started."""

    def __init__(self) -> None:
        self.started: list[Waiting] = []

    def start(self, model: str, version: int, since: datetime, sunset: datetime) -> None:
        """Begin to wait; one that has begun already stays as it is."""
        if (model, version, since, sunset) not in self.started:
            self.started.append((model, version, since, sunset))
