"""Checks: the queue in front of monitor, so that each model is looked at by itself."""

from typing import Protocol


class Checks(Protocol):
    """At least once, in no order."""

    def waiting(self) -> int:
        """About how many looks were asked for that nobody has begun yet; the figure may lag a minute behind."""
        ...

    def ask(self, model: str) -> None:
        """Have the model looked at."""
        ...
