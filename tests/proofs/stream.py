"""A stream: captured lines are delivered in objects of any size, folded in any order, and looked at every so often."""

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import groupby

from shared.domain.change import Noun
from shared.domain.finding import Finding
from shared.lifecycle import fold, monitor
from shared.ports.registry import Query
from tests.fakes.clock import SetClock
from tests.fakes.drains import MemoryDrains
from tests.fakes.ids import CountingIds
from tests.fakes.objects import MemoryObjects
from tests.fakes.profiles import MemoryProfiles
from tests.fakes.registry import MemoryRegistry
from tests.fakes.slots import MemorySlots
from tests.fakes.wheel import MemoryWheel
from tests.proofs.spring import Line
from tests.unit.lifecycle.workshop import MODEL, Workshop

BUFFER, TICK = timedelta(seconds=60), timedelta(minutes=5)
"""What the templates say; both are divided by the tempo."""

FOLDED, TWICE = 0.6, 0.2
"""On a rough way: the share of waiting objects that is folded by a tick, and of those that come once more."""


@dataclass(slots=True, eq=False)
class Stream:
    """Lines on their way from the log to what monitor finds, at a tempo."""

    shop: Workshop
    tempo: int
    registry: MemoryRegistry = field(init=False)
    captures: MemoryObjects = field(default_factory=MemoryObjects)
    slots: MemorySlots = field(default_factory=MemorySlots)
    profiles: MemoryProfiles = field(default_factory=MemoryProfiles)
    clock: SetClock = field(default_factory=SetClock)
    looks: list[monitor.Result] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.registry = self.shop.world.registry.copied()

    def smooth(self, lines: Sequence[Line]) -> "Stream":
        """Each object is folded once, as soon as it is delivered."""
        for at, keys in self._ticks(lines):
            for key in keys:
                self.fold(key)
            self.look(at)
        return self

    def rough(self, lines: Sequence[Line], seed: int) -> "Stream":
        """Objects wait, overtake each other, are told of twice, and are delivered twice under another name."""
        drawn, waiting, at = random.Random(seed), list[str](), lines[0].at  # a fixed draw, no secret
        for at, keys in self._ticks(lines):
            waiting += [*keys, *(self._again(key, at) for key in keys if drawn.random() < TWICE)]
            drawn.shuffle(waiting)
            now, waiting = waiting[: round(FOLDED * len(waiting))], waiting[round(FOLDED * len(waiting)) :]
            for key in [*now, *(key for key in now if drawn.random() < TWICE)]:
                self.fold(key)
            self.look(at)
        for key in waiting:
            self.fold(key)
        self.look(at + TICK / self.tempo)
        return self

    def findings(self) -> tuple[Finding, ...]:
        """All that was found, oldest window first."""
        items = self.registry.page(Query(Noun.FINDING, MODEL)).items
        return tuple(sorted((one for one in items if isinstance(one, Finding)), key=lambda one: (one.ends, one.kind)))

    def fold(self, key: str) -> None:
        """One message is taken from the queue."""
        fold.run(
            fold.Request(key),
            registry=self.registry,
            captures=self.captures,
            artifacts=self.shop.artifacts,
            slots=self.slots,
            profiles=self.profiles,
        )

    def look(self, at: datetime) -> None:
        """A tick."""
        self.clock.pass_time(at - self.clock.now())
        self.looks.append(
            monitor.run(
                monitor.Request(MODEL),
                registry=self.registry,
                profiles=self.profiles,
                captures=self.captures,
                artifacts=self.shop.artifacts,
                wheel=MemoryWheel(),
                drains=MemoryDrains(),
                clock=self.clock,
                ids=CountingIds(),
            )
        )

    def _ticks(self, lines: Sequence[Line]) -> Iterator[tuple[datetime, list[str]]]:
        """Every tick, and what was delivered since the one before."""
        begin, buffer, tick = lines[0].at, BUFFER / self.tempo, TICK / self.tempo
        delivered: dict[int, list[str]] = {}
        for number, some in groupby(lines, key=lambda line: (line.at - begin) // buffer):
            at = begin + (number + 1) * buffer
            delivered.setdefault(-(-(at - begin) // tick), []).append(self._object(at, some))
        for number in range(1, max(delivered) + 1):
            yield begin + number * tick, delivered.get(number, [])

    def _object(self, at: datetime, lines: Iterator[Line]) -> str:
        return self._put(at, b"".join(line.body + b"\n" for line in lines), "first")

    def _again(self, key: str, at: datetime) -> str:
        return self._put(at, self.captures.read(key), key.rpartition("/")[2])

    def _put(self, at: datetime, body: bytes, name: str) -> str:
        key = f"captured/{at:%Y/%m/%d/%H}/captures-1-{at:%Y-%m-%d-%H-%M-%S}-{at:%f}-{name}"
        self.captures.write(key, body)
        return key
