"""Eraser: what is erased is gone for good, all versions of it."""

from typing import Protocol


class Eraser(Protocol):
    """The one way to take a body out of a bucket that keeps versions."""

    def erase(self, key: str) -> None:
        """Erase every version of the body; what is not there is erased already. Raises Unavailable."""
        ...
