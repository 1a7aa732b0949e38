"""Profiles: what fold counted, for monitor and judge to sum; late, doubled and reordered foldings change nothing."""

from datetime import datetime
from typing import Protocol

from shared.domain.hour import Caller, Folded, Folding, Hour, Tally


class Profiles(Protocol):
    """Every record belongs to a slot of arrivals: a newer state of the slot replaces an older, never the other way."""

    def put(self, folding: Folding) -> None:
        """Keep what the slot's state came to, but where a newer state was kept already."""
        ...

    def hours(self, model: str, version: int, since: datetime, until: datetime) -> tuple[Hour, ...]:
        """What lies in these hours of event time, `[since, until)`, oldest first; an hour may have several slots."""
        ...

    def tallies(self, model: str, revision: int) -> tuple[Tally, ...]:
        """What the arms of this serving record did, slot by slot."""
        ...

    def callers(self, model: str, since: datetime) -> tuple[Caller, ...]:
        """Who called since, slot by slot."""
        ...

    def fold(self, folded: Folded) -> None:
        """Remember that the object was folded: the last thing that fold does."""
        ...

    def folded(self, since: str) -> tuple[Folded, ...]:
        """The objects that were folded, in the order of their keys, from this key on."""
        ...
