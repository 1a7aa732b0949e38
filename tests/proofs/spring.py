"""A real spring: version 1 is made of the flights of January to March, and every flight of April is asked about.

The lines are those that predict and feedback leave, made once by the real engines.
"""

import csv
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from itertools import count, groupby
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

from samples.flights.data import make
from shared.api import captures
from shared.domain.capture import Cell, Outcome
from shared.domain.order import step_order
from shared.lifecycle import data, deploy, evaluate, predict, promote, register, score, train
from shared.ports.clock import Clock
from tests.fakes.ids import CROCKFORD
from tests.fakes.servings import MemoryServings
from tests.unit.lifecycle.workshop import MODEL, Workshop

SPEC = Path("samples/flights/model.yaml")
PACE = timedelta(milliseconds=100)
"""From one call to the next."""

A_YEAR = timedelta(days=365)
"""Flights are asked about when they are long over, as the sample does."""

ROWS_A_CALL = 10
SEED = 5
Flight = dict[str, str]


@dataclass(frozen=True, slots=True)
class Line:
    """A captured line, and when it was written."""

    at: datetime
    body: bytes


@dataclass(slots=True)
class Ulids:
    """Ids of the instant that the clock says, which count on."""

    clock: Clock
    numbers: "count[int]" = field(default_factory=count)

    def new(self, prefix: str) -> str:
        """prefix_ and a ULID."""
        number = (int(self.clock.now().timestamp() * 1000) << 80) + next(self.numbers)
        return f"{prefix}_" + "".join(CROCKFORD[number >> shift & 31] for shift in range(125, -1, -5))


def sections() -> dict[str, Any]:
    """What the sample asks for, with one cheap candidate and no gate that a busy machine may fail."""
    written: dict[str, Any] = YAML(typ="safe").load(SPEC.read_text())
    search = {"method": "halving", "trials": 1, "folds": 3, "seed": 7}
    changed = {
        "train": {"search": search, "candidates": {"LogisticRegression": {"C": 1.0}}},
        "evaluate": {"test": {"newest": "20%"}, "gates": {"roc_auc": {"min": 0.6}}},
        "monitor": {**written["monitor"], "on_drift": "tell", "on_drop": "tell"},
    }
    return {name: section for name, section in (written | changed).items() if name not in ("spec", "model")}


def version_1(folder: Path) -> Workshop:
    """The wheel has turned once on January to March."""
    shop = Workshop(folder)
    shop.world.applied(sections())
    run = shop.received("winter.csv", make(folder, ("january_to_march.csv",))["january_to_march.csv"].read_bytes())
    made = shop.call(data.run, data.Request(MODEL, run, 1)).dataset
    artifact = _learned(shop, train.Request(MODEL, run, 1, made, 1))
    shop.call(score.run, score.Request(MODEL, run, made, artifact))
    shop.call(evaluate.run, evaluate.Request(MODEL, run, 1, made, artifact, 0))
    version = shop.call(register.run, register.Request(MODEL, run, 1, made, artifact)).version
    shop.call(deploy.run, deploy.Request(MODEL, run, 1, version))
    shop.call(promote.run, promote.Request(MODEL, version, step_order(run, "promote", "it passed every gate")))
    return shop


def _learned(shop: Workshop, request: train.Request) -> str:
    rung = shop.call(train.enter, request)
    for candidate in rung.candidates:
        shop.call(train.attempt, replace(request, candidate=candidate))
    if rung.last:
        return str(shop.call(train.refit, request).artifact)
    return _learned(shop, replace(request, rung=request.rung + 1))


def april(folder: Path) -> Sequence[Flight]:
    """The flights of April in the order of their hours."""
    with make(folder, ("april.csv",))["april.csv"].open(newline="") as file:
        return sorted(csv.DictReader(file), key=lambda flight: flight["time_hour"])


def by_day(flights: Sequence[Flight]) -> Sequence[Flight]:
    """The same flights, a day after the other, but those of a day in any order."""
    drawn = random.Random(SEED)  # a fixed draw, no secret
    days = [list(some) for _, some in groupby(flights, key=lambda flight: flight["time_hour"][:10])]
    for day in days:
        drawn.shuffle(day)
    return [flight for day in days for flight in day]


def lines(shop: Workshop, flights: Sequence[Flight]) -> Iterator[Line]:
    """Every flight is asked about, and a day of flights later its outcome is told."""
    ids, servings = Ulids(shop.world.clock), MemoryServings(shop.world.registry)
    waiting: list[tuple[str, Outcome]] = []
    at = shop.world.clock.pass_time(A_YEAR)
    for start in range(0, len(flights), ROWS_A_CALL):
        at = shop.world.clock.pass_time(PACE)
        some = flights[start : start + ROWS_A_CALL]
        request = predict.Request(MODEL, [_sent(flight) for flight in some])
        said = predict.run(
            request, servings=servings, artifacts=shop.artifacts, clock=shop.world.clock, ids=ids, fresh_s=60.0
        )
        for body in captures.predicted(MODEL, at, said.revision, "app", said.captured):
            yield Line(at, body)
        due = (datetime.fromisoformat(some[0]["time_hour"]) - timedelta(days=1)).isoformat()
        known = [each for day, each in waiting if day < due]
        waiting = [each for each in waiting if each[0] >= due]
        yield from (Line(at, body) for body in captures.fed_back(MODEL, at, "app", known))
        answered = zip(some, said.captured, strict=True)
        waiting += [(_day(flight), Outcome(row.id, _delay(flight))) for flight, row in answered]
    yield from (Line(at, body) for body in captures.fed_back(MODEL, at, "app", [each for _, each in waiting]))


def _day(flight: Flight) -> str:
    return datetime.fromisoformat(flight["time_hour"]).isoformat()


def _sent(flight: Flight) -> dict[str, object]:
    words = {name: flight[name] for name in ("time_hour", "carrier", "origin", "dest")}
    return {**words, "flight": int(flight["flight"]), "distance": float(flight["distance"])}


def _delay(flight: Flight) -> Cell:
    return float(flight["arr_delay"]) if flight["arr_delay"] else None
