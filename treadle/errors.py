"""What a command can end in but success; the exit status is the class's own.

Failure
├── Refused      the platform looked and said no                    1
├── Misused      usage, or a spec that breaks the grammar           2
├── CannotAsk    sign-in, rights, network, or the platform's fault  3
└── StillGoing   not over at the time-out                           4
"""

from dataclasses import dataclass
from typing import ClassVar


@dataclass(frozen=True, slots=True)
class Cell:
    """One thing that is wrong: where, what, and what to do."""

    pointer: str
    detail: str
    got: str = ""
    expected: str = ""
    fix: str = ""
    line: int = 0


class Failure(Exception):
    """A sentence, what to do next, and what is wrong one by one; `slug` is the problem's, where the API told it."""

    status: ClassVar[int]

    def __init__(self, detail: str, fix: str = "", *cells: Cell, slug: str = "") -> None:
        super().__init__(detail)
        self.detail = detail
        self.fix = fix
        self.cells = cells
        self.slug = slug


class Refused(Failure):
    """The platform looked and said no."""

    status = 1


class Misused(Failure):
    """The words of the command, or the spec, are off."""

    status = 2


class CannotAsk(Failure):
    """Nobody could be asked."""

    status = 3


class StillGoing(Failure):
    """It goes on; nothing was decided yet."""

    status = 4
