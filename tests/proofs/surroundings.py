"""Surroundings: every port beside the registry, in memory, and a clock that goes on whenever it is looked at."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from shared.domain import places, record
from shared.domain.upload import Place
from shared.lifecycle import retire
from tests.examples import MODEL, NOON
from tests.fakes.arrivals import MemoryArrivals
from tests.fakes.deliveries import MemoryDeliveries
from tests.fakes.doorstep import MemoryDoorstep
from tests.fakes.drains import MemoryDrains
from tests.fakes.eraser import MemoryEraser
from tests.fakes.ids import CountingIds
from tests.fakes.leftovers import MemoryLeftovers
from tests.fakes.objects import MemoryObjects
from tests.fakes.profiles import MemoryProfiles
from tests.fakes.tasks import MemoryTasks
from tests.fakes.wheel import MemoryWheel
from tests.unit.lifecycle.leaving import BETTER, having_kept_what_they_are

PACES = (timedelta(seconds=1), timedelta(seconds=40), timedelta(minutes=20))
JUDGED = record.written(retire.Judged(BETTER))


class PassingClock:
    """Every look at it is a little later than the one before."""

    def __init__(self, pace: timedelta) -> None:
        self._pace = pace
        self._now = NOON

    def now(self) -> datetime:
        """A little later."""
        self._now += self._pace
        return self._now

    def ticks(self) -> float:
        """Nothing takes time."""
        return 0.0

    def pass_time(self, length: timedelta) -> None:
        """Much later."""
        self._now += length


@dataclass(slots=True)
class Surroundings:
    """All that there is beside the registry, in memory; `expected` are the places of announced files."""

    clock: PassingClock
    wheel: MemoryWheel = field(default_factory=MemoryWheel)
    arrivals: MemoryArrivals = field(default_factory=MemoryArrivals)
    artifacts: MemoryObjects = field(default_factory=MemoryObjects)
    ids: CountingIds = field(default_factory=CountingIds)
    expected: list[Place] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)
    ports: Mapping[str, object] = field(init=False)

    def __post_init__(self) -> None:
        having_kept_what_they_are(self.artifacts)
        self.ports = {
            "wheel": self.wheel,
            "arrivals": self.arrivals,
            "artifacts": self.artifacts,
            "ids": self.ids,
            "clock": self.clock,
            "drains": MemoryDrains(),
            "tasks": MemoryTasks(),
            "profiles": MemoryProfiles(),
            "captures": MemoryObjects(),
            "deliveries": MemoryDeliveries(),
            "doorstep": MemoryDoorstep(),
            "leftovers": MemoryLeftovers(),
            "eraser": MemoryEraser(self.artifacts),
        }

    def judged(self, run: str) -> None:
        """The run's candidate has been evaluated."""
        self.artifacts.write(places.evaluation(MODEL, run), JUDGED)
