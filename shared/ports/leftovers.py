"""Leftovers: artifacts that belong to nobody, since whoever wrote their bytes never came to write what they are."""

from datetime import datetime
from typing import Protocol


class Leftovers(Protocol):
    """An artifact is owned once its manifest is there, which is written last and names model and run."""

    def before(self, at: datetime) -> tuple[str, ...]:
        """The hashes of artifacts without a manifest whose bytes are older, in their order; raises Unavailable."""
        ...
