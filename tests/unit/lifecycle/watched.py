"""A small airline that is watched: thirteen quiet weeks made version 1, and what came later was counted."""

import io
import json
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from itertools import count
from typing import Any

import numpy as np
from numpy.typing import NDArray

from shared.domain import places, profile, record
from shared.domain.artifact import Manifest
from shared.domain.change import Noun, Ref
from shared.domain.check import Check
from shared.domain.finding import Finding
from shared.domain.hour import HOUR, Folded, Folding, Hour, hour_name
from shared.domain.model import Model
from shared.domain.profile import Profile
from shared.domain.signature import Output, Signature
from shared.domain.spec import Spec, Task, resolve
from shared.domain.trial import Candidate, Trial
from shared.engines.tables.profiling import coded, numbers
from shared.lifecycle import monitor
from shared.ports.registry import Query
from shared.statistics import performance
from shared.statistics.profile import placed, summed
from tests.examples import MODEL, applied, dataset, order, version
from tests.fakes.clock import SetClock
from tests.fakes.drains import MemoryDrains
from tests.fakes.ids import CountingIds
from tests.fakes.objects import MemoryObjects
from tests.fakes.profiles import MemoryProfiles
from tests.fakes.registry import MemoryRegistry
from tests.fakes.wheel import MemoryWheel
from tests.history import NEXT, RUN, having_ended, having_promoted, having_received, having_registered

WINTER = datetime(2013, 1, 7, tzinfo=UTC)
"""A Monday: thirteen weeks of flights begin."""

SPRING = WINTER + timedelta(weeks=13)
"""Version 1 begins to serve."""

CARRIERS = ("AA", "B6", "UA")
LATE = np.array([0.35, 0.12, 0.22])
AN_HOUR = 12
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


@dataclass(frozen=True, slots=True, eq=False)
class Flights:
    """Flights by hour: hours since `begin`, carriers' codes, miles, what version 1 says, and what became of them."""

    begin: datetime
    hour: NDArray[np.int64]
    carrier: NDArray[np.int64]
    distance: NDArray[np.float64]
    score: NDArray[np.float64]
    late: NDArray[np.float64]

    @property
    def seconds(self) -> NDArray[np.int64]:
        """When each leaves, in seconds since 1970."""
        return (int(self.begin.timestamp()) + 3600 * self.hour).astype(np.int64)

    def within(self, first: int, last: int) -> "Flights":
        """Those of these days, which count from 0."""
        return self._some((self.hour >= 24 * first) & (self.hour < 24 * last))

    def one_in(self, hours: int) -> "Flights":
        """The first of every so many hours."""
        return self._some(np.arange(len(self.hour)) % (hours * AN_HOUR) == 0)

    def _some(self, rows: NDArray[np.bool_]) -> "Flights":
        hour, carrier = self.hour[rows], self.carrier[rows]
        return Flights(self.begin, hour, carrier, self.distance[rows], self.score[rows], self.late[rows])

    @property
    def end(self) -> datetime:
        """The hour after the last."""
        return self.begin + (int(self.hour.max()) + 1) * HOUR


def flights(
    begin: datetime, days: int, seed: int, later: float = 0.0, carriers: tuple[float, ...] = (0.4, 0.3, 0.3)
) -> Flights:
    """Twelve an hour; days differ by chance, and bad ones come in rows. `later` more of them are late than foretold."""
    drawn = np.random.default_rng(seed)
    hour = np.repeat(np.arange(24 * days), AN_HOUR)
    carrier = drawn.choice(3, len(hour), p=carriers)
    weather, day = np.zeros(days), 0.0
    for number, shock in enumerate(drawn.normal(0, 0.03, days)):
        day = weather[number] = 0.5 * day + shock
    score = LATE[carrier] + drawn.normal(0, 0.01, len(hour))
    late = (drawn.random(len(hour)) < score + weather[hour // 24] + later).astype(np.float64)
    return Flights(begin, hour, carrier, drawn.normal(900, 300, len(hour)), score, late)


def clock_words(seconds: NDArray[np.int64]) -> tuple[list[str], list[str]]:
    """Hour and weekday on New York's clocks; of these weeks all but the first are in summer time."""
    summer = int(datetime(2013, 3, 10, 7, tzinfo=UTC).timestamp())
    local = seconds - np.where(seconds >= summer, 4, 5) * 3600
    return [str(each) for each in local // 3600 % 24], [str(each) for each in (local // 86400 + 3) % 7]


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
        self._keep(flights(WINTER, 91, seed=1))

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

    def _keep(self, winter: Flights) -> None:
        """The data version as data writes it, the artifact as train, and the scores as train and score do."""
        hours, weekdays = clock_words(winter.seconds)
        self.bins = Profile(
            len(winter.hour),
            {
                "carrier": coded(winter.carrier, CARRIERS),
                "distance": numbers(winter.distance),
                "dep_hour": coded(np.array(hours, np.int64), tuple(map(str, range(24)))),
                "weekday": coded(np.array(weekdays, np.int64), tuple(map(str, range(7)))),
            },
            coded(winter.late.astype(np.int64), ("0", "1")),
        )
        split = (winter.hour >= 24 * 73).astype(np.int8)
        files = {
            "profile.json": profile.to_json(self.bins).encode(),
            "vocabulary.json": json.dumps({"carrier": CARRIERS}).encode(),
            "split.npy": saved(split),
            "target.npy": saved(winter.late),
            "columns/time_hour.npy": saved(winter.seconds),
            "columns/carrier.npy": saved(winter.carrier.astype(np.int32)),
            "columns/distance.npy": saved(winter.distance),
        }
        for file, body in files.items():
            self.artifacts.write(places.dataset(MODEL, "ds", file), body)
        candidate = Candidate(3, "LogisticRegression", {"C": 1.0})
        self.artifacts.write(places.trial(MODEL, "run", 1, 3), record.written(Trial(candidate, 1, 0.6, 0.01)))
        self.artifacts.write(places.out_of_fold(MODEL, "run", 3), saved(winter.score[split == 0]))
        self.artifacts.write(places.scores(MODEL, "run", "candidate"), saved(winter.score[split == 1]))
        signature = Signature((), Output(Task.BINARY, "arr_delay", ("false", "true"), 0.5))
        made = Manifest(
            version(RUN).artifact, 1, signature, candidate.family, candidate.parameters, "ds", "run", "code"
        )
        self.artifacts.write(places.manifest(made.sha256), record.written(made))

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
        self.captures.put(key, b"")
        told = {MODEL: outcomes} if outcomes else {}
        self.profiles.fold(Folded(key, {MODEL: now}, {MODEL: events}, told))


def saved(array: NDArray[Any]) -> bytes:
    """The array as a file."""
    body = io.BytesIO()
    np.save(body, array, allow_pickle=False)
    return body.getvalue()
