"""Kills: every call of a story, before and after it, dealt out over models and clouds so that each kill stands alone.

A model meets at most one kill a function, and a cloud one more at its calls for no model: a state that is killed three
times ends its run, as it should. Functions that take the work of many models at once meet few in a cloud: a
message is tried five times, and each of those kills costs it a try, whoever it was meant for.
"""

import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from tests.proofs.plan import NAMELESS, Act, Fault, Seen

OFTEN: Mapping[str, int] = {
    "api": 6,
    "fold": 2,
    "judge": 3,
    "monitor": 3,
    "notify": 6,
    "predict": 3,
    "sweep": 2,
    "tick": 2,
}
"""Functions that callers or clocks call again and again for the same: so many calls of each operation are attacked."""

SHARED = frozenset({"fold", "trigger"})
SHARED_KILLS = 3
"""Kills of each of those functions in a cloud."""

MODELS = 10
"""At most so many models side by side in a cloud: each turn takes four seconds of a processor, and more with kills."""


@dataclass(frozen=True, slots=True)
class Kill:
    """SIGKILL before or after a call that was seen in a story without faults."""

    seen: Seen
    do: Act

    @property
    def nameless(self) -> bool:
        """Whether the call is for no model alone."""
        return self.seen.model == NAMELESS

    def __str__(self) -> str:
        seen = self.seen
        whose = " for no model" if self.nameless else ""
        return f"{self.do} {seen.function} {seen.service}.{seen.operation} {seen.n}{whose}"


@dataclass(slots=True)
class Batch:
    """The kills of one cloud: those of each of its models, and those of calls that name none."""

    models: list[list[Kill]] = field(default_factory=list)
    nameless: list[Kill] = field(default_factory=list)

    @property
    def kills(self) -> Iterator[Kill]:
        """All of them."""
        yield from (kill for kills in self.models for kill in kills)
        yield from self.nameless

    def takes(self, kill: Kill) -> bool:
        """Take the kill in, if it has room for it."""
        function = kill.seen.function
        if function in SHARED and sum(each.seen.function == function for each in self.kills) >= SHARED_KILLS:
            return False
        if kill.nameless:
            if any(each.seen.function == function for each in self.nameless):
                return False
            self.nameless.append(kill)
            return True
        free = [some for some in self.models if all(each.seen.function != function for each in some)]
        if free:
            min(free, key=len).append(kill)
            return True
        if len(self.models) < MODELS:
            self.models.append([kill])
            return True
        return False


def points(calls: Iterable[Seen], model: str) -> tuple[Seen, ...]:
    """Each distinct call of the model's story, in the order of a page; calls for no model count from 1 as well."""
    distinct: Counter[tuple[str, str, str, str]] = Counter()
    found = []
    for seen in calls:
        if seen.model in (model, NAMELESS):
            called = (seen.function, seen.service, seen.operation, seen.model)
            distinct[called] += 1
            found.append(replace(seen, n=distinct[called]))
    kept = [seen for seen in found if seen.n <= OFTEN.get(seen.function, seen.n)]
    return tuple(sorted(kept, key=lambda seen: (seen.function, seen.service, seen.operation, seen.model, seen.n)))


def kills(found: Sequence[Seen], seed: int, count: int = 0) -> list[Kill]:
    """Before and after each point, in an order drawn by the seed; so many of them, or all.

    Each kill's place is drawn by itself: a call that is seen in one story and not in the next leaves the others alone.
    """
    every = [Kill(seen, do) for seen in found for do in (Act.KILL_BEFORE, Act.KILL_AFTER)]
    every.sort(key=lambda kill: hashlib.sha256(f"{seed} {kill}".encode()).digest())
    return every[: count or len(every)]


def dealt(every: Iterable[Kill]) -> list[Batch]:
    """The kills in as few clouds as hold them."""
    batches: list[Batch] = []
    for kill in every:
        if not any(batch.takes(kill) for batch in batches):
            batches.append(Batch())
            batches[-1].takes(kill)
    return batches


def faults(kills: Iterable[Kill], model: str, since: Mapping[tuple[str, str, str], int]) -> Iterator[Fault]:
    """The faults that carry the kills out; calls that name no model are counted on from `since`, each its own."""
    passed = Counter(since)
    for kill in kills:
        seen, n = kill.seen, kill.seen.n
        if kill.nameless:
            called = (seen.function, seen.service, seen.operation)
            passed[called] += 1
            n = passed[called]
        yield Fault(kill.do, model, seen.function, seen.service, seen.operation, nth=n)
