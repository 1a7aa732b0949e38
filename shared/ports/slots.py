"""Slots: the rows of an hour of arrivals as fold knows them, replaced whole by whoever read the newest state."""

from typing import Protocol


class Slots(Protocol):
    """One body a model and slot."""

    def read(self, model: str, slot: str) -> tuple[bytes, str]:
        """The body and its tag; both empty before the first write. Raises Unavailable."""
        ...

    def replace(self, model: str, slot: str, body: bytes, tag: str) -> None:
        """Write the body that follows the one with this tag; raises Conflict when it was replaced since."""
        ...
