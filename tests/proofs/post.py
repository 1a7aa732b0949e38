"""Post: a day on which events come late, again, in any order, or not at all, and functions cannot reach each other."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from heapq import heappop, heappush
from itertools import count
from random import Random

from shared.domain.change import Noun, Ref
from shared.domain.errors import Conflict, Problem, Unavailable
from shared.domain.execution import Execution, State
from shared.domain.head import Head
from shared.domain.order import Order, command_id, step_order
from shared.domain.run import Run
from shared.domain.upload import Place
from shared.lifecycle import cancel, close, trigger
from shared.lifecycle.sweep import runs, uploads
from shared.ports.arrivals import Arrival
from shared.ports.registry import Registry
from tests.examples import NOON, dataset
from tests.fakes.arrivals import MemoryArrivals
from tests.fakes.clock import SetClock
from tests.fakes.ids import CountingIds
from tests.fakes.wheel import MemoryWheel

MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)
LOST, UNREACHABLE, UNTOLD, CANCELLED = 0.01, 0.03, 0.05, 0.2
"""How often an event of the bucket is lost, a machine cannot be started, its end is not told, a run is cancelled."""

TIMES = (1, 5)
"""How often an event comes that is not lost."""

ENDS: Sequence[tuple[int, Execution]] = (
    (10, Execution(State.SUCCEEDED)),
    (4, Execution(State.FAILED, "data_rejected", "no rows")),
    (4, Execution(State.FAILED, "error", "it broke")),
    (1, Execution(State.TIMED_OUT)),
    (1, Execution(State.ABORTED)),
)
"""How executions end, and how often each way."""


@dataclass(slots=True)
class Unreliable:
    """A wheel that cannot always be reached."""

    drawn: Random
    wheel: MemoryWheel = field(default_factory=MemoryWheel)
    starts: list[str] = field(default_factory=list)

    def start(self, run: Run) -> None:
        """Start the run, or raise Unavailable."""
        if self.drawn.random() < UNREACHABLE:
            raise Unavailable("the wheel did not answer", Problem("", "busy", fix="send it again"))
        self.starts.append(run.id)
        self.wheel.start(run)

    def stop(self, run: str, why: str) -> None:
        """Stop the run, or lose the stop."""
        if self.drawn.random() >= UNREACHABLE:
            self.wheel.stop(run, why)

    def execution(self, run: str) -> Execution:
        """How the run's execution stands."""
        return self.wheel.execution(run)

    def running(self) -> frozenset[str]:
        """The runs whose executions go on."""
        return self.wheel.running()

    def model(self, run: str) -> str:
        """The model that the run's execution was started for."""
        return self.wheel.model(run)


class Day:
    """Everything that is still to come, by its instant; `happens` lets it come."""

    def __init__(self, registry: Registry, models: Sequence[str], seed: int) -> None:
        self.registry, self._models = registry, models
        self.drawn = Random(f"events {seed}")
        self.clock, self._ids, self.arrivals = SetClock(NOON), CountingIds(), MemoryArrivals()
        self.wheel = Unreliable(self.drawn)
        self.came: list[Place] = []
        self.lost: set[str] = set()
        self.told: list[str] = []
        self.deliveries = 0
        self._due: list[tuple[timedelta, int, Callable[[], None]]] = []
        self._numbers = count()
        self._seen: set[str] = set()

    def uploads(self, number: int, within: timedelta) -> None:
        """So many uploads come within this time; people cancel, and sweep sweeps, every hour of it."""
        for each in range(number):
            self._later(within, lambda each=each: self._put(each))  # type: ignore[misc]
        for hour in range(1, within // HOUR + 1):
            self._at(hour * HOUR, self.sweep)
            self._at(hour * HOUR, self._somebody_cancels)

    def happens(self) -> None:
        """Let all come that is to come, each at its instant."""
        self._machines_work()
        while self._due:
            at, _, act = heappop(self._due)
            self.clock.pass_time(max(at - (self.clock.now() - NOON), timedelta()))
            try:
                act()
            except (Unavailable, Conflict):  # the message is visible again
                self._at(at + MINUTE, act)
            self._machines_work()

    def rests(self) -> bool:
        """Whether no run is open."""
        heads = [self.registry.model(name).head for name in self._models]
        return not any(head.running or head.queued for head in heads)

    def sweep(self) -> None:
        """What sweep announces, trigger may hear of several times, or not."""
        ports = {"registry": self.registry, "clock": self.clock}
        uploads.run(arrivals=self.arrivals, **ports)  # type: ignore[arg-type]
        runs.run(wheel=self.wheel, **ports)  # type: ignore[arg-type]
        announced, self.arrivals.announced = self.arrivals.announced, []
        for arrival in announced:
            self.told.append(arrival.place.key)
            self._tell(arrival)

    def _put(self, number: int) -> None:
        model = self.drawn.choice(self._models)
        place = Place("data", f"{model}/datasets/{number}.csv", "1")
        arrival = Arrival(place, 1024, self.clock.now())
        self.came.append(place)
        self.arrivals.put(arrival)
        if not self._tell(arrival):
            self.lost.add(place.key)

    def _tell(self, arrival: Arrival) -> bool:
        """The event of an object comes a few times within half an hour; whether it comes at all."""
        if self.drawn.random() < LOST:
            return False
        for _ in range(self.drawn.randint(*TIMES)):
            self._later(HOUR / 2, lambda: self._trigger(arrival))
        return True

    def _trigger(self, arrival: Arrival) -> None:
        self.deliveries += 1
        request = trigger.Request(arrival.place, arrival.bytes, arrival.at)
        trigger.run(request, registry=self.registry, wheel=self.wheel, clock=self.clock, ids=self._ids)

    def _machines_work(self) -> None:
        for run in sorted(self.wheel.running() - self._seen):
            self._seen.add(run)
            self._later(HOUR, lambda run=run: self._ends(run))  # type: ignore[misc]

    def _ends(self, run: str) -> None:
        """The run's execution ends some way; one that succeeds has made a data version before."""
        if self.wheel.execution(run).state is not State.RUNNING:
            return
        model = self.wheel.model(run)
        [end] = self.drawn.choices([end for _, end in ENDS], [weight for weight, _ in ENDS])
        if end.state is State.SUCCEEDED:
            self._accepts(model, run)
        self.wheel.wheel.end(run, end)
        told = 0 if self.drawn.random() < UNTOLD else self.drawn.randint(1, 3)
        for _ in range(told):
            self._later(5 * MINUTE, lambda: self._close(close.Request(model, run, end)))

    def _accepts(self, model: str, run: str) -> None:
        read = self.registry.model(model, Ref(Noun.RUN, run))
        if read.head.running and read.head.running.run == run:
            given = step_order(run, "data", "the rows were good")
            self.registry.commit(read.accept(given, dataset(run, self.clock.now(), model=model)))

    def _close(self, request: close.Request) -> None:
        close.run(request, registry=self.registry, wheel=self.wheel, clock=self.clock)

    def _somebody_cancels(self) -> None:
        head: Head = self.registry.model(self.drawn.choice(self._models)).head
        if head.running and self.drawn.random() < CANCELLED:
            order = Order(command_id("cancel", head.running.run), by="ada", reason="not now")
            request = cancel.Request(head.model, head.running.run, order)
            cancel.run(request, registry=self.registry, wheel=self.wheel, clock=self.clock)

    def _later(self, within: timedelta, act: Callable[[], None]) -> None:
        self._at(self.clock.now() - NOON + self.drawn.random() * within, act)

    def _at(self, at: timedelta, act: Callable[[], None]) -> None:
        heappush(self._due, (at, next(self._numbers), act))
