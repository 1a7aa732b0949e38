"""A small airline whose calls were captured: lines as predict and feedback write them, and what fold makes of them."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import count

import numpy as np

from shared.domain import places, profile, record
from shared.domain.artifact import Manifest
from shared.domain.hour import Folded, Hour
from shared.domain.model import Model
from shared.domain.profile import Numbers, Profile, categories
from shared.domain.signature import Input, Output, Signature
from shared.domain.spec import Task, resolve
from shared.domain.spec.data import ColumnType
from shared.lifecycle import fold
from shared.ports.objects import Objects
from shared.ports.profiles import Profiles
from shared.ports.registry import Registry
from shared.ports.slots import Slots
from shared.statistics.profile import Counts, columns
from tests.examples import MODEL, applied, order, version
from tests.fakes.objects import MemoryObjects
from tests.fakes.profiles import MemoryProfiles
from tests.fakes.registry import MemoryRegistry
from tests.fakes.slots import MemorySlots
from tests.history import NEXT, RUN, having_promoted, having_received, having_registered

ARRIVED = datetime(2026, 11, 24, 13, 20, tzinfo=UTC)
EVER = (datetime(1, 1, 1, tzinfo=UTC), datetime(9999, 1, 1, tzinfo=UTC))
LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"

SPEC = resolve(
    {
        "spec": 1,
        "model": MODEL,
        "task": "binary",
        "data": {
            "time": {"column": "leaves", "zone": "America/New_York"},
            "target": {"column": "delay", "above": 15},
            "columns": {"leaves": "timestamp", "carrier": {"type": "category", "unseen": "keep"}, "miles": "number"},
            "derive": {"dep_hour": {"hour": "leaves"}},
        },
        "notify": {"owners": ["email:a@example.com"]},
    }
)
REFERENCE = Profile(
    100,
    {
        "carrier": categories({"AA": 60, "UA": 40}),
        "miles": Numbers((500.0, 1000.0), (30, 30, 40)),
        "dep_hour": categories({str(hour): 4 for hour in range(24)}),
    },
    categories({"0": 70, "1": 30}),
)
SIGNATURE = Signature(
    (
        Input("leaves", ColumnType.TIMESTAMP, feature=True),
        Input("carrier", ColumnType.CATEGORY, feature=True),
        Input("miles", ColumnType.NUMBER, feature=True),
    ),
    Output(Task.BINARY, "delay", ("false", "true"), 0.5),
)


def prediction(number: int, arm: str = "1c", at: datetime = ARRIVED) -> str:
    """The id of prediction number so and so."""
    moment = int(at.timestamp() * 1000)
    first = "".join(LETTERS[moment >> shift & 31] for shift in range(45, -1, -5))
    return f"prd_{MODEL}_{arm}_{first}{number:016d}_0"


def row(number: int, arm: str = "1c", leaves: str = "2026-11-20T08:30:00-05:00", **cells: object) -> dict[str, object]:
    """A captured row; its version said that it will probably be late where the number is odd."""
    sent = {"leaves": leaves, "carrier": "AA", "miles": 700.0, **cells}
    return {"id": prediction(number, arm), "arm": arm, "score": 0.8 if number % 2 else 0.2, "cells": sent}


def asked(*rows: dict[str, object], revision: int = 7, caller: str = "app", model: str = MODEL) -> str:
    """A line of predict's."""
    at = int(ARRIVED.timestamp() * 1000) + 5
    return json.dumps({"captured": model, "at": at, "revision": revision, "caller": caller, "rows": rows})


def told(*outcomes: tuple[str, object], days: float = 2, model: str = MODEL) -> str:
    """A line of feedback's, so many days after."""
    at = int((ARRIVED + timedelta(days=days)).timestamp() * 1000)
    rows = [{"id": each, "actual": actual} for each, actual in outcomes]
    return json.dumps({"outcomes": model, "at": at, "caller": "app", "rows": rows})


@dataclass(slots=True, eq=False)
class Airline:
    """Version 1 serves, version 2 is registered; what is delivered is folded."""

    registry: Registry = field(default_factory=MemoryRegistry)
    captures: Objects = field(default_factory=MemoryObjects)
    artifacts: Objects = field(default_factory=MemoryObjects)
    slots: Slots = field(default_factory=MemorySlots)
    profiles: Profiles = field(default_factory=MemoryProfiles)
    numbers: "count[int]" = field(default_factory=count)

    def __post_init__(self) -> None:
        self.registry.commit(Model.unknown(MODEL).apply(order("apply"), applied(of=SPEC)))
        for run in (RUN, NEXT):
            having_received(self.registry, run, run)
            number = having_registered(self.registry, run)
            having_promoted(self.registry, number, run=run)
            self.artifacts.write(places.dataset(MODEL, run, "profile.json"), profile.to_json(REFERENCE).encode())
        manifest = Manifest(version(RUN).artifact, 1, SIGNATURE, "by hand", {}, "ds", "run", "code")
        self.artifacts.write(places.manifest(manifest.sha256), record.written(manifest))

    def delivered(self, *lines: str) -> str:
        """The key of an object with these lines."""
        key = f"captured/2026/11/24/13/captures-1-2026-11-24-13-21-{next(self.numbers):02d}-x"
        self.captures.write(key, "".join(f"{line}\n" for line in lines).encode())
        return key

    def folded(self, *lines: str) -> Folded:
        """These lines are delivered as one object and folded."""
        return self.fold(self.delivered(*lines))

    def fold(self, key: str) -> Folded:
        """The object is folded, perhaps again."""
        return fold.run(
            fold.Request(key),
            registry=self.registry,
            captures=self.captures,
            artifacts=self.artifacts,
            slots=self.slots,
            profiles=self.profiles,
        )

    def hours(self, number: int = 1) -> tuple[Hour, ...]:
        """All that was counted of a version."""
        return self.profiles.hours(MODEL, number, *EVER)

    def counted(self, column: str, number: int = 1) -> Sequence[int]:
        """The counts of a column over all hours."""
        return list(map(int, columns(REFERENCE, summed(self.hours(number)))[column]))


def summed(hours: Iterable[Hour]) -> Counts:
    """The hours' counts as one vector."""
    total: Counts = np.stack([np.frombuffer(hour.counts, "<u4") for hour in hours]).sum(axis=0, dtype=np.uint32)
    return total
