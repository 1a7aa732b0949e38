"""Doorstep: where somebody outside may put one file into the data bucket."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol

from shared.domain.upload import Place


@dataclass(frozen=True, slots=True)
class Ticket:
    """Leave to put one file: where it will lie (no version yet), by PUT to which URL, with exactly these headers."""

    place: Place
    url: str
    headers: Mapping[str, str]


class Doorstep(Protocol):
    """The data bucket as callers see it."""

    def ticket(self, key: str, size: int, sha256: str, seconds: int) -> Ticket:
        """Leave to put this many bytes of this hash (64 hexadecimal digits) there once, within so many seconds."""
        ...
