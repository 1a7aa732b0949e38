"""What a command says: a document for programs, words for people, ids for scripts, and the next command to try."""

from collections.abc import Iterator
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Table:
    """Rows under a header; without a header, names and their values."""

    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Said:
    """The answer to a command."""

    document: object
    text: tuple[str | Table, ...] = ()
    ids: tuple[str, ...] = ()
    next: str = ""
    status: int = 0


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that happened while the command waited."""

    document: object
    text: str


Saying = Said | Iterator[Said | Change]
"""A command answers at once, or tells what happens and answers on the way."""


def facts(**values: object) -> Table:
    """Names and their values; what is not there is left out."""
    shown = ((name.replace("_", " "), str(value)) for name, value in values.items() if value not in (None, "", ()))
    return Table((), tuple(shown))
