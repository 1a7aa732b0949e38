"""Clock: what time it is."""

from datetime import datetime
from typing import Protocol


class Clock(Protocol):
    """The one source of now."""

    def now(self) -> datetime:
        """This instant, in UTC."""
        ...

    def ticks(self) -> float:
        """Seconds on a clock that only goes forward, for durations."""
        ...
