"""Attempt: one try of one state of a run's machine; of the same state, only the newest one may write."""

from dataclasses import dataclass
from datetime import datetime

from pydantic import TypeAdapter


@dataclass(frozen=True, slots=True)
class Attempt:
    """Which try writes. A state that is entered anew begins a new one, and so does each retry.

    `entered` and `retry` are the machine's own words, from 0 on. A machine's execution bears its run's name.
    """

    model: str
    run: str
    state: str
    entered: datetime
    retry: int = 0

    @property
    def fence(self) -> str:
        """What the tries of one state have in common: states do not fence each other off, whatever clocks say."""
        return f"{self.run}#{self.state}"

    @property
    def age(self) -> tuple[datetime, int]:
        """What is greater for the newer of two tries of one state."""
        return self.entered, self.retry


_told: TypeAdapter[Attempt | None] = TypeAdapter(Attempt | None)


def attempt_of(told: object) -> Attempt | None:
    """What a state tells of its try, None where it tells nothing; raises pydantic's ValidationError for no attempt."""
    return _told.validate_python(told)
