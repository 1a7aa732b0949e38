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

    @property
    def sentence(self) -> str:
        """line 3  /task: not one of the words; got binry, expected binary or regression; did you mean binary?"""
        place = "  ".join(filter(None, (f"line {self.line}" if self.line else "", self.pointer)))
        named = (("got", self.got), ("expected", self.expected))
        found = ", ".join(f"{name} {value}" for name, value in named if value)
        return "; ".join(filter(None, (f"{place}: {self.detail}" if place else self.detail, found, self.fix)))

    @property
    def document(self) -> dict[str, object]:
        """What is said of it, as programs read it: the problem's own names."""
        return {name: value for name in self.__slots__ if (value := getattr(self, name))}


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
