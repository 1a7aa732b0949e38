"""A clock that a test sets."""

from datetime import UTC, datetime, timedelta

NEW_YEAR = datetime(2013, 1, 1, tzinfo=UTC)


class SetClock:
    """It stands until it is moved."""

    def __init__(self, now: datetime = NEW_YEAR) -> None:
        self._began = now
        self._now = now

    def now(self) -> datetime:
        """The instant that was set."""
        return self._now

    def ticks(self) -> float:
        """Seconds since it was made."""
        return (self._now - self._began).total_seconds()

    def pass_time(self, length: timedelta) -> datetime:
        """Move on; the instant it is then."""
        self._now += length
        return self._now
