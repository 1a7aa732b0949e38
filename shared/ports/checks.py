"""Checks: the queue in front of monitor, so that each model is looked at by itself."""

from typing import Protocol


class Checks(Protocol):
    """At least once, in no order."""

    def ask(self, model: str) -> None:
        """Have the model looked at."""
        ...
