"""Schedule: many parts at once in one thread, switched where they call the store; turns and faults by one seed."""

from collections.abc import Callable
from enum import StrEnum
from random import Random

from greenlet import getcurrent, greenlet  # type: ignore[import-untyped]

Part = Callable[[], None]


class Fault(StrEnum):
    """What becomes of a call to the store."""

    NONE = "none"
    LOST = "lost"
    """It is carried out, and the caller is told that there was no answer."""
    CONFLICT = "conflict"
    """Another transaction touches the same items just now."""
    BUSY = "busy"
    """Too many calls at once."""
    BROKEN = "broken"
    """The store fails inside."""
    KILLED_BEFORE = "killed before"
    """The caller is killed, and its call is never made."""
    KILLED_AFTER = "killed after"
    """The call is made, and the caller is killed before it reads the answer."""
    TWICE = "twice"
    """It is carried out; later the network delivers it once more."""


WEIGHTS = {
    Fault.NONE: 80,
    Fault.LOST: 6,
    Fault.CONFLICT: 4,
    Fault.BUSY: 3,
    Fault.BROKEN: 2,
    Fault.KILLED_BEFORE: 1,
    Fault.KILLED_AFTER: 1,
    Fault.TWICE: 3,
}
"""How often each is drawn, of a hundred calls."""

FAULTS = tuple(fault for fault, weight in WEIGHTS.items() for _ in range(weight))

STAYS = (0.0, 0.3, 0.7, 0.9)
"""How likely the one whose turn it is goes on: in one schedule all race, in another one overtakes many."""


class Killed(BaseException):
    """The function's environment is gone: nothing of it goes on, and nobody is told."""


class Schedule:
    """Whose turn it is, what is drawn, and what became of each turn, so that two schedules can be compared."""

    def __init__(self, seed: int) -> None:
        self._drawn = Random(f"schedule {seed}")
        self._stays = self._drawn.choice(STAYS)
        self._living: list[greenlet] = []
        self._late: list[Part] = []
        self._whole: greenlet | None = None
        self.moment = 0
        self.calls = 0
        self.trace: list[str] = []

    def play(self, *parts: Part) -> None:
        """Run every part to its end, a stretch at a time; what one of them raises ends the schedule."""
        self._whole = getcurrent()
        self._living = [greenlet(part, self._whole) for part in parts]
        turn = self._drawn.choice(self._living)
        while self._living:
            if turn.dead or self._drawn.random() >= self._stays:
                turn = self._drawn.choice(self._living)
            turn.switch()
            self._living = [one for one in self._living if not one.dead]
            self._deliver()
        self._whole = None

    def switch(self, said: str) -> None:
        """It is somebody's turn, perhaps another's; outside of a play nothing happens."""
        self.moment += 1
        if self._whole is not None:
            self.calls += 1
            self.trace.append(said)
            self._whole.switch()

    def fault(self) -> Fault:
        """What becomes of the next call; outside of a play calls go well."""
        if self._whole is None:
            return Fault.NONE
        return FAULTS[self._drawn.randrange(len(FAULTS))]

    def later(self, part: Part) -> None:
        """The part runs at some later turn."""
        self._late.append(part)

    def _deliver(self) -> None:
        if self._late and (not self._living or self._drawn.random() < 0.1):
            self._late.pop(self._drawn.randrange(len(self._late)))()
