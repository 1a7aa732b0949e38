"""Artifacts: those that belong to nobody, since who wrote their bytes never came to write what they are.

An artifact's owner is the run that its manifest names. Without a manifest nothing can load it, so that it does no
harm; it stays, since a run that learns the same bytes anew completes it, and sweep may not erase what is learnt.
"""

from dataclasses import dataclass
from datetime import timedelta

from shared.ports.clock import Clock
from shared.ports.leftovers import Leftovers

OWNED_WITHIN = timedelta(days=1)
"""How long after its bytes a manifest may still come: longer than any step that writes both."""

TOLD = 100
"""Hashes that one sweep tells."""


@dataclass(frozen=True, slots=True)
class Found:
    """The hashes of artifacts without an owner."""

    leftovers: tuple[str, ...]


def run(*, leftovers: Leftovers, clock: Clock) -> Found:
    """Tell of artifacts that are older than a day and have no manifest."""
    return Found(leftovers.before(clock.now() - OWNED_WITHIN)[:TOLD])
