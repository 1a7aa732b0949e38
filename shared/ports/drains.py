"""Drains: the machine that waits until a replaced version's time is over, and then retires it."""

from datetime import datetime
from typing import Protocol


class Drains(Protocol):
    """One execution a version and replacement, so that a start run twice starts once."""

    def start(self, model: str, version: int, since: datetime, sunset: datetime) -> None:
        """Wait until the sunset of the version that drains since then; one that waits already is a success."""
        ...
