"""Deliveries: the queue in front of fold, for a second announcement of what was delivered and never counted."""

from typing import Protocol


class Deliveries(Protocol):
    """At least once, in no order."""

    def announce(self, key: str) -> None:
        """Tell fold of the object, as the bucket's own event would have."""
        ...
