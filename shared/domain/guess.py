"""Guess: what a column of a data file seems to hold, from its first cells."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from shared.domain.spec.data import ColumnType

_INTEGER = re.compile(r"[-+]?(0|[1-9][0-9]{0,15})")
_NUMBER = re.compile(r"[-+]?([0-9]+\.?[0-9]*|\.[0-9]+)([eE][-+]?[0-9]+)?")
_LEADING_ZERO = re.compile(r"0[0-9]+")
_CLOCK = r"[0-9]{4}-[0-9]{2}-[0-9]{2}([T ][0-9]{2}:[0-9]{2}(:[0-9]{2}(\.[0-9]+)?)?)?"
_INSTANT = re.compile(rf"{_CLOCK}(Z|[-+][0-9]{{2}}:?[0-9]{{2}})")
_LOCAL = re.compile(_CLOCK)
_NAMES_ROWS = re.compile(r"(.*_)?(id|uuid|guid|key)", re.IGNORECASE)

FEW = 20
"""At most so many different values are the classes of an outcome."""

MANY = 1000
"""More different values than this, or hardly any twice, and a text is no category."""


@dataclass(frozen=True, slots=True)
class Guess:
    """A type, how many different values there were, whether some were missing, and why it is left out, if it is."""

    name: str
    type: ColumnType
    different: int
    gaps: bool
    row_names: bool
    why_not: str = ""


def guess(name: str, cells: Sequence[str]) -> Guess:
    """What a column seems to hold."""
    present = [cell for cell in cells if cell]
    different = len(set(present))
    kind = _kind(present, different)
    row_names = bool(present) and different == len(cells) and _NAMES_ROWS.fullmatch(name) is not None
    why_not = "" if row_names else _why_not(present, different, kind)
    return Guess(name, kind, different, len(present) < len(cells), row_names, why_not)


def _kind(present: Sequence[str], different: int) -> ColumnType:
    def all_are(pattern: re.Pattern[str]) -> bool:
        return all(pattern.fullmatch(cell) for cell in present)

    if all_are(_INSTANT):
        return ColumnType.TIMESTAMP
    if all_are(_INTEGER):
        return ColumnType.INTEGER
    if all_are(_NUMBER) and not any(_LEADING_ZERO.fullmatch(cell) for cell in present):
        return ColumnType.NUMBER
    # Nearly every value another one: names, comments, addresses.
    free = different > MANY or (len(present) > FEW and different > len(present) / 2)
    return ColumnType.TEXT if free else ColumnType.CATEGORY


def _why_not(present: Sequence[str], different: int, kind: ColumnType) -> str:
    if not present:
        return "always empty"
    if different == 1 and len(present) > 1:
        return f"always {present[0][:40]}"
    if kind in (ColumnType.TEXT, ColumnType.CATEGORY) and all(_LOCAL.fullmatch(cell) for cell in present):
        return "a time without its offset; written as 2013-01-01T10:00:00Z it could be used"
    return "text, nearly every value another one" if kind is ColumnType.TEXT else ""
