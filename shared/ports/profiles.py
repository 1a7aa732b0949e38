"""Profiles: what fold counted, for monitor and judge to sum; late, doubled and reordered foldings change nothing."""

import re
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, timedelta
from itertools import takewhile
from typing import Protocol

from shared.domain.capture import PREFIX
from shared.domain.hour import Caller, Folded, Folding, Hour, Tally, Watermark
from shared.ports.objects import Objects

LOOKED_BACK = 3
"""Days of objects that a watermark is read from, today with them: what is older was folded or is past repair."""

_DELIVERED = re.compile(r"\d{4}-\d\d-\d\d-\d\d-\d\d-\d\d")


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


def watermark(profiles: Profiles, captures: Objects, model: str, now: datetime) -> Watermark:
    """How far a model may be read: up to the first delivered object that is not folded yet, in order of delivery.

    An object that cannot be folded holds the watermark for as long as it is looked back: `LOOKED_BACK` days.
    """
    keys = sorted(_delivered(captures, now), key=_delivery)
    marks = {folded.key: folded for folded in profiles.folded(min(keys))} if keys else {}
    before = [marks[key] for key in takewhile(marks.__contains__, keys)]
    return Watermark(
        max((mark.arrived[model] for mark in before if model in mark.arrived), default=None),
        max((mark.events[model] for mark in before if model in mark.events), default=None),
        max((mark.outcomes[model] for mark in before if model in mark.outcomes), default=None),
        _disorder(before, model),
    )


def unfolded(profiles: Profiles, captures: Objects, before: datetime, now: datetime) -> tuple[str, ...]:
    """The objects that were delivered before this instant and are not folded yet, in order of delivery."""
    keys = sorted(_delivered(captures, now), key=_delivery)
    marks = {folded.key for folded in profiles.folded(min(keys))} if keys else set()
    stamp = f"{before.astimezone(UTC):%Y-%m-%d-%H-%M-%S}"
    return tuple(key for key in keys if key not in marks and _delivery(key)[0] < stamp)


def _disorder(marks: Iterable[Folded], model: str) -> timedelta:
    """How far a prediction lay behind the newest event before it; the same however the rows are cut into objects."""
    newest, furthest = datetime.min.replace(tzinfo=UTC), timedelta(0)
    for mark in marks:
        behind = newest - mark.oldest.get(model, newest)
        furthest = max(furthest, behind, mark.disorder.get(model, behind))
        newest = max(newest, mark.events.get(model, newest))
    return furthest


def _delivered(captures: Objects, now: datetime) -> Iterator[str]:
    """The keys of the objects that the stream delivered in these days, UTC as it names them."""
    for ago in range(LOOKED_BACK):
        yield from captures.keys(f"{PREFIX}{now - timedelta(days=ago):%Y/%m/%d}/")


def _delivery(key: str) -> tuple[str, str]:
    """An object's place in time: the stamp in its name, else its hour; several streams share an hour's folder."""
    stamp = _DELIVERED.search(key)
    hour = key.removeprefix(PREFIX).rpartition("/")[0].replace("/", "-")
    return (stamp.group() if stamp else hour, key)
