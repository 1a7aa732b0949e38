"""A wheel in memory: the verbs in the machine's order on a small airline's flights, each of them run twice."""

import csv
import io
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, TypeVar

import numpy as np

from shared.domain.change import Audit, Item, Noun, Receipt
from shared.domain.head import Head
from shared.domain.order import step_order
from shared.domain.run import Run, Step
from shared.domain.serving import Serving
from shared.domain.verdict import Decision
from shared.lifecycle import data, deploy, evaluate, promote, register, score, train
from shared.ports.registry import Query
from shared.wiring import ports
from tests.fakes.objects import MemoryObjects
from tests.fakes.profiles import MemoryProfiles
from tests.unit.lifecycle.world import World

T = TypeVar("T")
MODEL, ROWS = "flights", 3000
LISTED = (Noun.SPEC, Noun.VERSION, Noun.DATASET, Noun.RUN, Noun.UPLOAD)
SECTIONS: dict[str, Any] = {
    "metric": "roc_auc",
    "data": {
        "key": ["carrier", "time_hour"],
        "time": {"column": "time_hour", "zone": "America/New_York"},
        "target": {"column": "arr_delay", "above": 15, "missing": "skip"},
        "columns": {
            "time_hour": "timestamp",
            "carrier": {"type": "category", "unseen": "keep"},
            "distance": {"type": "number", "min": 0, "missing": "median"},
        },
        "derive": {"dep_hour": {"hour": "time_hour"}},
        "checks": {"rows": {"min": 1000}},
    },
    "train": {
        "search": {"method": "halving", "trials": 4, "folds": 3, "seed": 7},
        "candidates": {
            "LogisticRegression": {"C": {"from": 0.01, "to": 10, "scale": "log"}},
            "HistGradientBoostingClassifier": {"max_iter": 20, "learning_rate": {"from": 0.05, "to": 0.3}},
        },
    },
    "evaluate": {"gates": {"roc_auc": {"min": 0.6, "may_lose": 0.05}}, "slices": {"by": ["carrier"], "may_lag": 0.3}},
}
"""What the airline asks for."""


def flights(first: datetime, rows: int = ROWS, seed: int = 7) -> bytes:
    """A flight every ten minutes: AA and the evening are late, one in fifty never arrives."""
    drawn = np.random.default_rng(seed)
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(["time_hour", "carrier", "distance", "arr_delay"])
    for number in range(rows):
        at = first + timedelta(minutes=10 * number)
        carrier = str(drawn.choice(["AA", "B6", "UA"]))
        late = drawn.random() < 0.1 + 0.4 * (carrier == "AA") + 0.3 * (at.hour > 18)
        delay = "" if drawn.random() < 0.02 else int(drawn.integers(16, 90) if late else drawn.integers(-20, 15))
        writer.writerow([at.isoformat(), carrier, int(drawn.integers(100, 2500)), delay])
    return text.getvalue().encode()


def january() -> bytes:
    """Three weeks of flights from New Year on."""
    return flights(datetime(2013, 1, 1, tzinfo=UTC))


@dataclass(frozen=True, slots=True)
class Snapshot:
    """All that is kept: the registry's readings, and the keys of the artifacts with their bodies."""

    head: Head
    serving: Serving
    items: tuple[Item | Head, ...]
    audit: tuple[Audit, ...]
    bodies: tuple[tuple[str, bytes], ...]


@dataclass(slots=True)
class Workshop:
    """A world with buckets and a disk; `changed` names the verbs whose second run was not like the first."""

    scratch: Path
    world: World = field(default_factory=World)
    uploads: MemoryObjects = field(default_factory=MemoryObjects)
    captures: MemoryObjects = field(default_factory=MemoryObjects)
    profiles: MemoryProfiles = field(default_factory=MemoryProfiles)
    artifacts: MemoryObjects = field(default_factory=MemoryObjects)
    changed: list[str] = field(default_factory=list)

    def received(self, file: str, body: bytes) -> str:
        """A file is put into the data bucket, and trigger is told; its run."""
        version = self.uploads.put(f"{MODEL}/datasets/{file}", body)
        return self.world.arrives(file, version=version).run or ""

    def turned(self, run: str) -> Decision:
        """The run from data to its end, as the machine goes; whether its candidate was accepted."""
        spec = self.world.run(run).spec
        made = self.twice(data.run, data.Request(MODEL, run, spec)).dataset
        artifact = self.learned(train.Request(MODEL, run, spec, made, 1)).artifact
        champion = self.twice(score.run, score.Request(MODEL, run, made, artifact)).champion
        judged = evaluate.Request(MODEL, run, spec, made, artifact, champion)
        decision = self.twice(evaluate.run, judged).decision
        if decision is Decision.ACCEPTED:
            version = self.twice(register.run, register.Request(MODEL, run, spec, made, artifact)).version
            self.twice(deploy.run, deploy.Request(MODEL, run, spec, version))
            order = step_order(run, "promote", "it passed every gate")
            self.twice(promote.run, promote.Request(MODEL, version, order))
        return decision

    def learned(self, request: train.Request) -> train.Refitted:
        """Rung after rung, then the winner on all training rows."""
        rung = self.twice(train.enter, request)
        for candidate in rung.candidates:
            self.twice(train.attempt, replace(request, candidate=candidate))
        if rung.last:
            return self.twice(train.refit, request)
        return self.learned(replace(request, rung=request.rung + 1))

    def twice(self, verb: Callable[..., T], request: object) -> T:
        """Run a verb, and once more as a doubled event would: it must answer as before, and leave all as it was."""
        first, before = self.call(verb, request), self.snapshot()
        again = self.call(verb, request)  # a second later
        if _alike(again) != _alike(first) or self.snapshot() != before:
            self.changed.append(f"{verb.__module__}.{verb.__name__}")
        return first

    def call(self, verb: Callable[..., T], request: object) -> T:
        """The verb with the ports that it names; each call is a second later than the one before."""
        self.world.clock.pass_time(timedelta(seconds=1))
        there: dict[str, object] = {
            "registry": self.world.registry,
            "uploads": self.uploads,
            "captures": self.captures,
            "profiles": self.profiles,
            "drains": self.world.drains,
            "artifacts": self.artifacts,
            "clock": self.world.clock,
            "scratch": self.scratch,
            "code": "c0de",
        }
        return verb(request, **{name: there[name] for name in ports(verb)})

    def steps(self, run: str) -> dict[str, Step]:
        """What the run's verbs did, by name, in the order in which they did it."""
        items = self.world.registry.page(Query(Noun.STEP, MODEL, run=run)).items
        return {item.name: item for item in items if isinstance(item, Step)}

    def snapshot(self) -> Snapshot:
        """Everything that is kept now."""
        registry = self.world.registry
        model = registry.model(MODEL)
        items = [item for noun in LISTED for item in registry.page(Query(noun, MODEL)).items]
        for run in (item for item in items if isinstance(item, Run)):
            items += registry.page(Query(Noun.STEP, MODEL, run=run.id)).items
        bodies = tuple((key, self.artifacts.read(key)) for key in self.artifacts.keys(""))
        return Snapshot(model.head, model.serving, tuple(items), registry.audit(MODEL).items, bodies)


def _alike(answer: object) -> object:
    """A receipt that is given again says so; in nothing else may it differ."""
    return replace(answer, replayed=False) if isinstance(answer, Receipt) else answer
