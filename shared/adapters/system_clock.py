"""The real clock."""

import time
from datetime import UTC, datetime


class SystemClock:
    """Now in UTC, and a clock that only goes forward."""

    def now(self) -> datetime:
        """This instant, in UTC."""
        return datetime.now(UTC)

    def ticks(self) -> float:
        """Seconds since some instant; only differences mean something."""
        return time.monotonic()
