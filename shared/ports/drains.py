"""Drains: the machine that waits until a replaced version's time is over, and then retires it."""

from datetime import datetime
from typing import Protocol

from shared.domain.serving import Serving


class Drains(Protocol):
    """One execution a version, replacement and sunset, so that a start run twice starts once."""

    def start(self, model: str, version: int, since: datetime, sunset: datetime) -> None:
        """Wait until the sunset of the version that drains since then; one that waits already is a success."""
        ...


def drain(drains: Drains, serving: Serving) -> None:
    """Wait for the sunset of every version that drains; those that are waited for already stay as they are."""
    for arm in serving.arms:
        if arm.since and arm.sunset:
            drains.start(serving.model, arm.version, arm.since, arm.sunset)
