"""Callers of flights, what became of them, and the platform's data step."""

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from ulid import ULID

from shared.api import captures
from shared.domain.capture import CapturedRow, Cell, Outcome
from shared.domain.change import Noun, Ref
from shared.domain.dataset import Dataset
from shared.domain.order import Order, command_id
from shared.domain.prediction import stem
from shared.domain.serving import Role
from shared.lifecycle import data, start
from tests.unit.lifecycle.workshop import MODEL, Workshop, flights

FEBRUARY = datetime(2013, 2, 1, tzinfo=UTC)
Flight = dict[str, str]


@dataclass(slots=True)
class Airline:
    """Callers of flights, whose lines are delivered a minute later; and the platform's data step."""

    workshop: Workshop
    delivered: int = 0

    @property
    def now(self) -> datetime:
        """What time it is."""
        return self.workshop.world.clock.now()

    def asks(self, rows: Sequence[Flight], model: str = MODEL) -> list[str]:
        """Predict these rows; their ids."""
        named = stem(model, 1, Role.CHAMPION, str(ULID.from_datetime(self.now)))
        kept = [CapturedRow(f"{named}{place}", "1c", 0.5, _sent(row)) for place, row in enumerate(rows)]
        self._deliver(b"\n".join(captures.predicted(model, self.now, 3, "ada", kept)))
        return [row.id for row in kept]

    def tells(self, ids: Sequence[str], actual: Sequence[Cell], model: str = MODEL) -> None:
        """Feed back what became of these."""
        outcomes = [Outcome(*each) for each in zip(ids, actual, strict=True)]
        self._deliver(b"\n".join(captures.fed_back(model, self.now, "ada", outcomes)))

    def waits(self, minutes: float) -> None:
        """Time goes by."""
        self.workshop.world.clock.pass_time(timedelta(minutes=minutes))

    def uploads(self, file: str, body: bytes) -> Dataset:
        """An upload, and the data step of its run."""
        run = self.workshop.received(file, body)
        return self.dataset(self.workshop.call(data.run, data.Request(MODEL, run, 1)).dataset)

    def trains(self) -> str:
        """A person asks for a run; the data step's answer."""
        self.waits(2)
        run = self._started()
        return self.workshop.twice(data.run, data.Request(MODEL, run, 1)).dataset

    def dataset(self, dataset: str) -> Dataset:
        """A data version."""
        return self.workshop.world.model(Ref(Noun.DATASET, dataset)).dataset(dataset)

    def ends(self) -> None:
        """The open run fails, if there is one."""
        if running := self.workshop.world.model().head.running:
            self.workshop.world.ends(running.run)

    def _started(self) -> str:
        self.ends()
        order = Order(command_id("train", str(self.now)), by="ada", reason="once more")
        return start.run(start.Request(MODEL, order), **self.workshop.world.starting()).run or ""

    def _deliver(self, body: bytes) -> None:
        self.delivered += 1
        at = self.now + timedelta(minutes=1)
        self.workshop.captures.put(f"captured/{at:%Y/%m/%d/%H}/stream-{self.delivered:04}", body + b"\n")


def _sent(row: Flight) -> dict[str, object]:
    return {"time_hour": row["time_hour"], "carrier": row["carrier"], "distance": float(row["distance"])}


def february(rows: int = 300) -> list[Flight]:
    """Flights that nobody has uploaded."""
    return list(csv.DictReader(io.StringIO(flights(FEBRUARY, rows, seed=3).decode())))


def delays(rows: Sequence[Flight]) -> list[Cell]:
    """How late each came; None for one that never arrived."""
    return [int(row["arr_delay"]) if row["arr_delay"] else None for row in rows]
