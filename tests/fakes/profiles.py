"""Profiles in memory."""

from datetime import datetime
from typing import TypeVar

from shared.domain.hour import Caller, Folded, Folding, Hour, Tally

T = TypeVar("T", Hour, Tally, Caller)
Kept = dict[tuple[object, ...], tuple[int, T]]


class MemoryProfiles:
    """Records with the revision of the slot's state that they come from."""

    def __init__(self) -> None:
        self._hours: Kept[Hour] = {}
        self._tallies: Kept[Tally] = {}
        self._callers: Kept[Caller] = {}
        self._folded: dict[str, Folded] = {}

    def put(self, folding: Folding) -> None:
        """Keep what the slot's state came to, but where a newer state was kept already."""
        for hour in folding.hours:
            _keep(self._hours, folding, (folding.model, hour.version, hour.at, hour.slot), hour)
        for tally in folding.tallies:
            _keep(self._tallies, folding, (folding.model, tally.revision, tally.slot), tally)
        for caller in folding.callers:
            _keep(self._callers, folding, (folding.model, caller.slot, caller.version, caller.name), caller)

    def hours(self, model: str, version: int, since: datetime, until: datetime) -> tuple[Hour, ...]:
        """What lies in these hours of event time, oldest first."""
        found = [hour for hour in _of(self._hours, model) if hour.version == version and since <= hour.at < until]
        return tuple(sorted(found, key=lambda hour: (hour.at, hour.slot)))

    def tallies(self, model: str, revision: int) -> tuple[Tally, ...]:
        """What the arms of this serving record did, slot by slot."""
        found = [tally for tally in _of(self._tallies, model) if tally.revision == revision]
        return tuple(sorted(found, key=lambda tally: tally.slot))

    def callers(self, model: str, since: datetime) -> tuple[Caller, ...]:
        """Who called since, slot by slot."""
        found = [caller for caller in _of(self._callers, model) if caller.last_at >= since]
        return tuple(sorted(found, key=lambda caller: (caller.slot, caller.version)))

    def fold(self, folded: Folded) -> None:
        """Remember that the object was folded."""
        self._folded[folded.key] = folded

    def folded(self, since: str) -> tuple[Folded, ...]:
        """The objects that were folded, in the order of their keys, from this key on."""
        return tuple(self._folded[key] for key in sorted(self._folded) if key >= since)


def _keep(kept: Kept[T], folding: Folding, key: tuple[object, ...], value: T) -> None:
    if key not in kept or kept[key][0] <= folding.revision:
        kept[key] = (folding.revision, value)


def _of(kept: Kept[T], model: str) -> list[T]:
    return [value for key, (_, value) in kept.items() if key[0] == model]
