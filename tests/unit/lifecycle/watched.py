"""A small airline that is watched: thirteen quiet weeks made version 1, and what came later was counted."""

from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from itertools import count
from typing import Any

import numpy as np
from numpy.typing import NDArray

from shared.domain.change import Noun, Ref
from shared.domain.check import Check
from shared.domain.finding import Finding
from shared.domain.hour import HOUR, Folded, Folding, Hour, hour_name
from shared.domain.model import Model
from shared.domain.profile import Profile
from shared.domain.spec import Spec, resolve
from shared.lifecycle import monitor
from shared.ports.registry import Query
from shared.statistics import performance
from shared.statistics.profile import placed, summed
from tests.examples import MODEL, applied, dataset, order
from tests.fakes.clock import SetClock
from tests.fakes.drains import MemoryDrains
from tests.fakes.ids import CountingIds
from tests.fakes.objects import MemoryObjects
from tests.fakes.profiles import MemoryProfiles
from tests.fakes.registry import MemoryRegistry
from tests.fakes.wheel import MemoryWheel
from tests.history import NEXT, RUN, having_ended, having_promoted, having_received, having_registered
from tests.unit.lifecycle.kept import kept
from tests.unit.lifecycle.weeks import CARRIERS, SPRING, WINTER, Flights, clock_words, flights

DATA: dict[str, Any] = {
    "time": {"column": "time_hour", "zone": "America/New_York"},
    "target": {"column": "arr_delay", "above": 15, "missing": "skip"},
    "columns": {
        "time_hour": "timestamp",
        "carrier": {"type": "category", "unseen": "keep"},
        "distance": {"type": "number", "missing": "keep"},
    },
    "derive": {"dep_hour": {"hour": "time_hour"}, "weekday": {"weekday": "time_hour"}},
    "checks": {"rows": {"min": 5000}},
}


def airline(**sections: Any) -> Spec:
    """The airline's spec: looked at every six hours over a week, and told alone, unless a section says otherwise."""
    watch = {"every": "6h", "window": "7d", "outcomes": "1d", **sections.pop("monitor", {})}
    owners = {"owners": ["email:a@example.com"]}
    return resolve(
        {"spec": 1, "model": MODEL, "task": "binary", "data": DATA, "notify": owners, "monitor": watch} | sections
    )


@dataclass(slots=True, eq=False)
class Watched:
    """Everything that monitor reads and writes, in memory."""

    spec: Spec = field(default_factory=airline)
    registry: MemoryRegistry = field(default_factory=MemoryRegistry)
    profiles: MemoryProfiles = field(default_factory=MemoryProfiles)
    captures: MemoryObjects = field(default_factory=MemoryObjects)
    artifacts: MemoryObjects = field(default_factory=MemoryObjects)
    wheel: MemoryWheel = field(default_factory=MemoryWheel)
    drains: MemoryDrains = field(default_factory=MemoryDrains)
    clock: SetClock = field(default_factory=lambda: SetClock(SPRING))
    ids: CountingIds = field(default_factory=CountingIds)
    revisions: "count[int]" = field(default_factory=lambda: count(1))
    bins: Profile | None = None

    def __post_init__(self) -> None:
        self.registry.commit(Model.unknown(MODEL).apply(order("apply"), applied(of=self.spec)))
        having_received(self.registry, "january", RUN)
        made = replace(dataset(RUN), at=SPRING, last_at=SPRING - HOUR)
        self.registry.commit(self.registry.model(MODEL).accept(order("data", run=RUN), made))
        having_promoted(self.registry, having_registered(self.registry, RUN), run=RUN)
        self.bins = kept(self.artifacts, flights(WINTER, 91, seed=1))

    def asks(self, some: Flights, number: int = 1) -> None:
        """They are predicted by this version, and counted."""
        self._count(some, number, np.full(len(some.late), np.nan))
        self._mark(events=some.end - HOUR)

    def hears(self, some: Flights, number: int = 1) -> None:
        """What became of them comes back, and is counted."""
        self._count(some, number, some.late)
        self._mark(events=some.end - HOUR, outcomes=some.end - HOUR)

    def sees(self, some: Flights, number: int = 1) -> monitor.Result:
        """They are predicted, what became of them comes back, and a tick comes."""
        self.asks(some, number)
        self.hears(some, number)
        return self.looks()

    def looks(self) -> monitor.Result:
        """A tick comes, five minutes after the one before."""
        self.clock.pass_time(timedelta(minutes=5))
        return monitor.run(
            monitor.Request(MODEL),
            registry=self.registry,
            profiles=self.profiles,
            captures=self.captures,
            artifacts=self.artifacts,
            wheel=self.wheel,
            drains=self.drains,
            clock=self.clock,
            ids=self.ids,
        )

    def replaced(self) -> None:
        """Version 2, which has the same artifact, is registered and promoted."""
        having_received(self.registry, "spring", NEXT)
        having_promoted(self.registry, having_registered(self.registry, NEXT), run=NEXT)

    def findings(self) -> tuple[Finding, ...]:
        """All that was found, oldest first."""
        items = self.registry.page(Query(Noun.FINDING, MODEL)).items
        return tuple(sorted((item for item in items if isinstance(item, Finding)), key=lambda one: one.ends))

    def checks(self) -> tuple[Check, ...]:
        """Every check, newest first."""
        return tuple(item for item in self.registry.page(Query(Noun.CHECK, MODEL)).items if isinstance(item, Check))

    def no_run(self) -> None:
        """The run that a finding began is over."""
        running = self.registry.model(MODEL).head.running
        having_ended(self.registry, running.run if running else "")

    def model(self, *refs: Ref) -> Model:
        """The model as it stands."""
        return self.registry.model(MODEL, *refs)

    def _count(self, some: Flights, number: int, actual: NDArray[np.float64]) -> None:
        """Put their hours, as fold does."""
        assert self.bins is not None
        hours, weekdays = clock_words(some.seconds)
        columns: dict[str, Any] = {
            "carrier": [CARRIERS[code] for code in some.carrier.tolist()],
            "distance": some.distance,
            "dep_hour": hours,
            "weekday": weekdays,
            "prediction": some.score,
        }
        each, group = np.unique(some.hour, return_inverse=True)
        counts = summed(self.bins, placed(self.bins, columns), group, len(each)).astype("<u4")
        made = []
        for place, hour in enumerate(each.tolist()):
            rows, at = group == place, some.begin + hour * HOUR
            answers = performance.summed("binary", some.score[rows], actual[rows]).astype("<f8").tobytes()
            outcomes = int((~np.isnan(actual[rows])).sum())
            made.append(Hour(number, at, hour_name(at), int(rows.sum()), outcomes, counts[place].tobytes(), answers))
        self.profiles.put(Folding(MODEL, hour_name(some.begin), next(self.revisions), tuple(made)))

    def _mark(self, events: datetime, outcomes: datetime | None = None) -> None:
        now = self.clock.now()
        key = f"captured/{now:%Y/%m/%d/%H}/captures-1-{now:%Y-%m-%d-%H-%M-%S}-{next(self.revisions):06d}"
        self.captures.write(key, b"")
        told = {MODEL: outcomes} if outcomes else {}
        self.profiles.fold(Folded(key, {MODEL: now}, {MODEL: events}, told))
