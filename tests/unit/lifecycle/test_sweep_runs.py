"""Sweep: executions whose run has ended are stopped, a long list is read to its end, artifacts have an owner."""

from dataclasses import dataclass, field, replace
from datetime import timedelta

from shared.domain import places
from shared.domain.execution import Execution
from shared.domain.run import Run
from shared.lifecycle import cancel
from shared.lifecycle.sweep import runs
from shared.ports.registry import A_PAGE
from tests.examples import order
from tests.fakes.wheel import MemoryWheel
from tests.history import having_applied
from tests.unit.lifecycle.world import FAILED, Found, World

HOUR = timedelta(hours=1)
NOTHING = Found()


@dataclass(slots=True)
class Overtaken:
    """A wheel on which all has failed; whoever asks after this run is overtaken by Ada, who cancels it."""

    world: World
    run: str
    wheel: MemoryWheel = field(default_factory=MemoryWheel)

    def execution(self, run: str) -> Execution:
        """It failed."""
        if run == self.run:
            asked = cancel.Request("flights", run, order("cancel"))
            cancel.run(asked, registry=self.world.registry, wheel=self.wheel, clock=self.world.clock)
        return FAILED

    def start(self, run: Run) -> None:
        """As any wheel."""
        self.wheel.start(run)

    def stop(self, run: str, why: str) -> None:
        """As any wheel."""
        self.wheel.stop(run, why)

    def running(self) -> frozenset[str]:
        """As any wheel."""
        return self.wheel.running()

    def model(self, run: str) -> str:
        """As any wheel."""
        return self.wheel.model(run)


def test_an_execution_that_goes_on_after_its_run_was_cancelled_is_stopped() -> None:
    world = World()
    world.applied()
    run = world.arrives().run or ""
    world.wheel, running = MemoryWheel(), world.wheel  # the stop goes to nowhere
    cancel.run(
        cancel.Request("flights", run, order("cancel")), registry=world.registry, wheel=world.wheel, clock=world.clock
    )
    world.wheel = running
    assert world.swept() == NOTHING
    world.clock.pass_time(HOUR)
    assert world.swept() == replace(NOTHING, stopped=1)
    assert (world.wheel.stopped, world.wheel.running()) == ({run: "its run has ended: cancelled"}, frozenset())
    assert world.swept() == NOTHING


def test_an_execution_that_somebody_started_by_hand_is_left_alone() -> None:
    world = World()
    world.applied()
    run = world.run(world.arrives().run)
    world.wheel.start(replace(run, id="run_by_hand"))
    world.wheel.start(replace(run, id="run_of_another", model="another"))
    world.clock.pass_time(HOUR)
    assert world.swept() == NOTHING


def test_more_open_runs_than_a_page_are_all_looked_at() -> None:
    world = World()
    names = [f"model-{number}" for number in range(A_PAGE + 5)]
    for name in names:
        having_applied(world.registry, name)
        world.arrives(model=name)
    world.wheel = MemoryWheel()
    world.clock.pass_time(HOUR)
    assert world.swept() == replace(NOTHING, started=len(names))


def test_a_run_that_somebody_ends_meanwhile_does_not_stop_the_sweep() -> None:
    world = World()
    world.applied()
    having_applied(world.registry, "trains")
    first = world.arrives().run or ""
    world.arrives(model="trains")
    world.clock.pass_time(HOUR)
    found = runs.run(registry=world.registry, wheel=Overtaken(world, first), clock=world.clock)
    assert (found, world.run(first).reason.code) == (runs.Found(started=0, ended=1, stopped=0), "cancelled")


def test_artifacts_whose_manifest_never_came_are_told_after_a_day() -> None:
    world = World()
    came = world.leftovers.came
    came[places.artifact("aa")] = came[places.manifest("aa")] = world.clock.now()
    came[places.artifact("bb")] = world.clock.now()
    came[places.manifest("cc")] = world.clock.now()  # its bytes were purged
    world.clock.pass_time(timedelta(days=1))
    assert world.swept().leftovers == ()
    world.clock.pass_time(timedelta(seconds=1))
    assert world.swept().leftovers == ("bb",)
