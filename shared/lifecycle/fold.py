"""Fold: a delivered object's captured lines are counted into their slots; twice, late, cut or in any order alike."""

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import lru_cache

import numpy as np

from shared.domain import capture, places, profile
from shared.domain.change import Noun, Ref
from shared.domain.errors import Conflict, NotFound, Problem
from shared.domain.hour import Folded
from shared.engines import folding
from shared.engines.folding import Arrivals, Known, Reach
from shared.ports.artifacts import manifest
from shared.ports.objects import Objects
from shared.ports.profiles import Profiles
from shared.ports.registry import Registry
from shared.ports.slots import Slots

VERSIONS_KEPT = 64
"""What is known of versions, in memory: it never changes."""

TURNS = 12
"""How often a slot is read again that others are writing."""


@dataclass(frozen=True, slots=True)
class Request:
    """The key of the object that was delivered."""

    key: str


@dataclass(frozen=True, slots=True)
class Into:
    """Where slots are kept and counted, and where versions are known from."""

    registry: Registry
    artifacts: Objects
    slots: Slots
    profiles: Profiles


@dataclass(slots=True)
class Reached:
    """How far an object reaches, by model, over its slots."""

    arrived: dict[str, datetime] = field(default_factory=dict)
    events: dict[str, datetime] = field(default_factory=dict)
    outcomes: dict[str, datetime] = field(default_factory=dict)
    oldest: dict[str, datetime] = field(default_factory=dict)
    disorder: dict[str, timedelta] = field(default_factory=dict)

    def add(self, model: str, reach: Reach) -> None:
        """One slot more."""
        reached = ((self.arrived, reach.arrived), (self.events, reach.event), (self.outcomes, reach.outcome))
        for newest, at in reached:
            if at is not None:
                newest[model] = max(at, newest.get(model, at))
        if reach.oldest is not None:
            self.oldest[model] = min(reach.oldest, self.oldest.get(model, reach.oldest))
            self.disorder[model] = max(reach.disorder, self.disorder.get(model, reach.disorder))


def run(
    request: Request, *, registry: Registry, captures: Objects, artifacts: Objects, slots: Slots, profiles: Profiles
) -> Folded:
    """Count every line of the object that can be read; raises NotFound (the object), Conflict (a slot is too busy).

    A line that is cut or of another kind, and a row without a prediction's id, is unread. Unmatched is a row of a model
    or version that nobody knows, or with a score that no version gives, and an outcome whose prediction has not come.
    """
    lines, cut = capture.read(captures.read(request.key))
    by_slot, unread = folding.sorted_by_slot(lines)
    reached, unmatched = Reached(), 0
    into = Into(registry, artifacts, slots, profiles)
    for (model, slot), arrivals in by_slot.items():
        counted = _counted(model, slot, arrivals, into)
        reached.add(model, counted)
        unmatched += counted.unmatched
    newest = (reached.arrived, reached.events, reached.outcomes)
    folded = Folded(request.key, *newest, unmatched, cut + unread, reached.oldest, reached.disorder)
    profiles.fold(folded)
    return folded


def _counted(model: str, name: str, arrivals: Arrivals, into: Into) -> Reach:
    """Add what came in to its slot, and put what the slot comes to now; how far it reaches."""
    ids = np.array(arrivals.ids, np.uint64)
    asked = {row.version for row in arrivals.asked}
    slot = _added(model, name, arrivals, _versions(model, asked, into), into)
    known = _versions(model, folding.versions(slot, ids), into)
    into.profiles.put(folding.folding(model, name, slot, known, ids))
    return folding.reach(slot, ids, np.array([row.id for row in arrivals.asked], np.uint64))


def _added(model: str, name: str, arrivals: Arrivals, known: Mapping[int, Known], into: Into) -> folding.Slot:
    """The slot with what came in; whoever wrote it meanwhile is read, and it is added to theirs."""
    for _ in range(TURNS):
        body, tag = into.slots.read(model, name)
        before = folding.decoded(body)
        after = before.with_arrivals(arrivals, known)
        if after is before:
            return before
        try:
            into.slots.replace(model, name, folding.encoded(after), tag)
        except Conflict:
            continue
        return after
    busy = Problem("/slot", "written by others again and again", name, fix="it is tried again by itself")
    raise Conflict(f"slot {name} of {model} is too busy", busy)


def _versions(model: str, numbers: set[int] | frozenset[int], into: Into) -> dict[int, Known]:
    """Those of these versions that are registered."""
    found = {}
    for number in numbers:
        with suppress(NotFound):  # its rows are counted as unmatched
            found[number] = _known(into.registry, into.artifacts, model, number)  # type: ignore[arg-type]  # by identity
    return found


@lru_cache(VERSIONS_KEPT)
def _known(registry: Registry, artifacts: Objects, model: str, number: int) -> Known:
    """What is known of a version; raises NotFound."""
    version = registry.model(model, Ref(Noun.VERSION, number)).version(number)
    spec = registry.model(model, Ref(Noun.SPEC, version.spec)).spec(version.spec).spec
    reference = profile.from_json(artifacts.read(places.dataset(model, version.dataset, "profile.json")).decode())
    return Known(reference, manifest(artifacts, version.artifact).signature, spec)
