"""Real ids: 48 bits of milliseconds, 80 of chance."""

from ulid import ULID


class UlidIds:
    """Ids that carry their noun and sort by the millisecond they were made in."""

    def new(self, prefix: str) -> str:
        """prefix_ and a ULID, such as run_01JD…"""
        return f"{prefix}_{ULID()}"
