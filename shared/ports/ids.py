"""Ids: new ids that carry their noun and sort by time."""

from typing import Protocol


class Ids(Protocol):
    """The one source of ids."""

    def new(self, prefix: str) -> str:
        """prefix_ and a ULID, such as run_01JD…"""
        ...
