"""A Treadle in memory: fakes for every port, and what people do to it in one line each."""

from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, field
from datetime import datetime
from types import MappingProxyType
from typing import Any

from shared import wiring
from shared.domain.change import Noun, Receipt, Ref
from shared.domain.execution import Execution, State
from shared.domain.model import Model
from shared.domain.order import Order, command_id
from shared.domain.run import Run
from shared.domain.upload import Place
from shared.lifecycle import apply, close, trigger
from shared.lifecycle.sweep import approvals, artifacts, captures, drains, runs, uploads
from shared.ports.arrivals import Arrival
from tests import examples
from tests.fakes.arrivals import MemoryArrivals
from tests.fakes.bus import MemoryBus
from tests.fakes.clock import SetClock
from tests.fakes.deliveries import MemoryDeliveries
from tests.fakes.drains import MemoryDrains
from tests.fakes.ids import CountingIds
from tests.fakes.leftovers import MemoryLeftovers
from tests.fakes.notices import MemoryNotices
from tests.fakes.objects import MemoryObjects
from tests.fakes.profiles import MemoryProfiles
from tests.fakes.registry import MemoryRegistry
from tests.fakes.tasks import MemoryTasks
from tests.fakes.wheel import MemoryWheel

Settings = Mapping[str, Any]
NO_SETTINGS: Settings = MappingProxyType({})
FAILED = Execution(State.FAILED, "error", "it broke")


SWEPT: tuple[Callable[..., Any], ...] = (uploads.run, captures.run, approvals.run, runs.run, drains.run, artifacts.run)


@dataclass(frozen=True, slots=True)
class Found:
    """All that a sweep finds."""

    uploads: int = 0
    refused: int = 0
    captures: int = 0
    approvals: int = 0
    started: int = 0
    ended: int = 0
    stopped: int = 0
    drains: int = 0
    leftovers: tuple[str, ...] = ()


@dataclass(slots=True)
class World:
    """The ports, all in memory."""

    registry: MemoryRegistry = field(default_factory=MemoryRegistry)
    wheel: MemoryWheel = field(default_factory=MemoryWheel)
    drains: MemoryDrains = field(default_factory=MemoryDrains)
    clock: SetClock = field(default_factory=lambda: SetClock(examples.NOON))
    ids: CountingIds = field(default_factory=CountingIds)
    notices: MemoryNotices = field(default_factory=MemoryNotices)
    bus: MemoryBus = field(default_factory=MemoryBus)
    arrivals: MemoryArrivals = field(default_factory=MemoryArrivals)
    captures: MemoryObjects = field(default_factory=MemoryObjects)
    profiles: MemoryProfiles = field(default_factory=MemoryProfiles)
    deliveries: MemoryDeliveries = field(default_factory=MemoryDeliveries)
    leftovers: MemoryLeftovers = field(default_factory=MemoryLeftovers)
    tasks: MemoryTasks = field(default_factory=MemoryTasks)

    def applied(self, settings: Settings = NO_SETTINGS) -> Receipt:
        """Ada applies a spec with these sections."""
        spec = examples.spec(**settings)
        order = Order(command_id("apply", str(settings)), by="ada", reason="a start")
        return apply.run(apply.Request(spec, order), registry=self.registry, clock=self.clock)

    def arrives(self, file: str = "january.csv", model: str = examples.MODEL, version: str = "1") -> Receipt:
        """A file arrives in the data bucket; told twice, it is the same arrival."""
        return self.told_of(f"{model}/datasets/{file}", version)

    def told_of(self, key: str, version: str = "1", at: datetime = examples.NOON) -> Receipt:
        """The bucket says that an object with this key was created."""
        request = trigger.Request(Place("data", key, version), 1024, at)
        return trigger.run(request, registry=self.registry, wheel=self.wheel, clock=self.clock, ids=self.ids)

    def ends(self, run: str | None, execution: Execution = FAILED) -> None:
        """The run's machine ends, and says so."""
        self.wheel.end(run or "", execution)
        request = close.Request(examples.MODEL, run or "", execution)
        close.run(request, registry=self.registry, wheel=self.wheel, clock=self.clock)

    def lies(self, key: str, at: datetime = examples.NOON) -> None:
        """An object with this key came to the data bucket at that instant, and nobody was told."""
        self.arrivals.put(Arrival(Place("data", key, "1"), 1024, at))

    def swept(self) -> Found:
        """An hour is over, and sweep mends; what it announces, trigger hears."""
        ports = {name: getattr(self, name) for name in self.__slots__}
        told = [asdict(verb(**{port: ports[port] for port in wiring.ports(verb)})) for verb in SWEPT]
        found = Found(**{name: each for one in told for name, each in one.items()})
        for arrival in self.arrivals.announced:
            self.told_of(arrival.place.key, arrival.place.version, arrival.at)
        self.arrivals.announced.clear()
        return found

    def starting(self) -> dict[str, Any]:
        """The ports that begin a run."""
        return {"registry": self.registry, "wheel": self.wheel, "clock": self.clock, "ids": self.ids}

    def model(self, *refs: Ref) -> Model:
        """The model as it stands."""
        return self.registry.model(examples.MODEL, *refs)

    def run(self, run: str | None) -> Run:
        """A run as it stands."""
        return self.model(Ref(Noun.RUN, run or "")).run(run or "")
