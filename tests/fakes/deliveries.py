"""Deliveries in memory."""


class MemoryDeliveries:
    """The objects that were announced once more, in that order."""

    def __init__(self) -> None:
        self.announced: list[str] = []

    def announce(self, key: str) -> None:
        """Tell fold of the object."""
        self.announced.append(key)
