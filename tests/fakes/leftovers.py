"""An artifacts bucket in memory, as far as sweep looks at it."""

from datetime import datetime

from shared.domain import places


class MemoryLeftovers:
    """When each key came."""

    def __init__(self) -> None:
        self.came: dict[str, datetime] = {}

    def before(self, at: datetime) -> tuple[str, ...]:
        """The hashes of artifacts without a manifest whose bytes are older, in their order."""
        return places.unowned(self.came, at)
