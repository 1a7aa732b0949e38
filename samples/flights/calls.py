"""Callers: flights as an application would ask about them, some at a time, several at once."""

import csv
import itertools
import random
import threading
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import Any

from samples.story import Tell
from treadle.client import Client
from treadle.errors import Failure

Row = dict[str, Any]
CALLERS = 4
LARGEST = 20
SEED = 4
TOLD_EVERY = 100
PAUSE_S = 0.02


@dataclass(frozen=True, slots=True)
class Call:
    """A call: its prediction ids, the versions that answered, and the milliseconds it took; an empty id is an error."""

    ids: tuple[str, ...]
    versions: frozenset[int]
    milliseconds: float


@dataclass(frozen=True, slots=True)
class Month:
    """What became of a month of calls; an id a row, in the rows' order ("" where a call failed)."""

    calls: int
    rows: Sequence[Row]
    errors: int
    p50_ms: float
    versions: set[int]
    ids: Sequence[str]

    @property
    def said(self) -> str:
        """How it went, in a line."""
        return f"{self.calls:,} calls, {len(self.rows):,} rows, p50 {self.p50_ms:.1f} ms, {self.errors} errors"


def rows(file: Path) -> list[Row]:
    """The file's flights in the order of their hours, with what is known before departure."""
    return [_row(line) for line in _flights(file)]


def delays(file: Path) -> list[float | None]:
    """Minutes late on arrival, a flight each in the order of `rows`; None for one that never arrived."""
    return [float(line["arr_delay"]) if line["arr_delay"] else None for line in _flights(file)]


def _flights(file: Path) -> list[dict[str, str]]:
    with file.open(newline="") as lines:
        return sorted(csv.DictReader(lines), key=lambda line: line["time_hour"])


def _row(line: dict[str, str]) -> Row:
    words = {name: line[name] for name in ("time_hour", "carrier", "origin", "dest")}
    return {**words, "flight": int(line["flight"]), "distance": float(line["distance"])}


def predict(client: Client, model: str, asked: Sequence[Row], tell: Tell) -> Month:
    """Ask for all of them in calls of 1 to 20 rows, four callers at a time."""
    batches = list(_batches(asked))

    def call(batch: Sequence[Row]) -> Call:
        began = perf_counter()
        try:
            answers = client.predict(model, batch)["predictions"]
        except Failure:
            return Call(("",) * len(batch), frozenset(), 1000 * (perf_counter() - began))
        versions = frozenset(answer["version"] for answer in answers)
        return Call(tuple(answer["id"] for answer in answers), versions, 1000 * (perf_counter() - began))

    done: list[Call] = []
    with ThreadPoolExecutor(CALLERS) as callers:
        for answer in callers.map(call, batches):
            done.append(answer)
            if len(done) % TOLD_EVERY == 0:
                tell(f"{len(done):,} of {len(batches):,} calls")
    return Month(
        calls=len(done),
        rows=asked,
        errors=sum("" in each.ids for each in done),
        p50_ms=median(each.milliseconds for each in done),
        versions=set[int]().union(*(each.versions for each in done)),
        ids=[prediction for each in done for prediction in each.ids],
    )


@contextmanager
def going_on(client: Client, model: str, asked: Sequence[Row]) -> Iterator[set[int]]:
    """An application that goes on calling meanwhile; the versions that answered. An error of a call is raised."""
    over, versions = threading.Event(), set[int]()

    def call() -> None:
        for batch in itertools.cycle(list(_batches(asked))):
            if over.is_set():
                return
            versions.update(answer["version"] for answer in client.predict(model, batch)["predictions"])
            over.wait(PAUSE_S)

    with ThreadPoolExecutor(1) as caller:
        calling = caller.submit(call)
        try:
            yield versions
        finally:
            over.set()
            calling.result()


def _batches(asked: Sequence[Row]) -> Iterator[Sequence[Row]]:
    drawn = random.Random(SEED)  # noqa: S311  # a fixed draw, no secret
    start = 0
    while start < len(asked):
        size = drawn.randint(1, LARGEST)
        yield asked[start : start + size]
        start += size
