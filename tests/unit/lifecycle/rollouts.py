"""Rollouts in memory: a version that is tried beside a champion, and what callers send meanwhile."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from itertools import count
from typing import Any

from shared.domain.capture import PREFIX
from shared.domain.change import Noun
from shared.domain.hour import Counted, Folded, Folding, Tally, hour_name
from shared.domain.run import Run, Step
from shared.lifecycle import deploy, judge
from shared.lifecycle.judge import Seen
from shared.ports.registry import Query
from tests.examples import MODEL
from tests.fakes.objects import MemoryObjects
from tests.fakes.profiles import MemoryProfiles
from tests.history import NEXT, having_a_champion, having_drilled, having_received, having_registered
from tests.unit.lifecycle.world import World

CANARY: dict[str, Any] = {"steps": [{"share": "20%", "bake": "20s"}]}


@dataclass(slots=True)
class Rollout:
    """Version 1 serves; version 2 is the candidate of the run that goes on, under a spec with these steps."""

    world: World = field(default_factory=World)
    profiles: MemoryProfiles = field(default_factory=MemoryProfiles)
    captures: MemoryObjects = field(default_factory=MemoryObjects)
    artifacts: MemoryObjects = field(default_factory=MemoryObjects)
    run: str = NEXT
    version: int = 2
    gone: deploy.Result = field(default_factory=lambda: deploy.Result(deploy.Way.ALL_AT_ONCE, 0))
    seen: Seen = field(default_factory=Seen)
    numbers: "count[int]" = field(default_factory=lambda: count(1))

    def begun(self, **section: Any) -> "Rollout":
        """Version 2 is registered, under a spec with this section deploy."""
        having_a_champion(self.world.registry)
        self.world.applied({"deploy": section})
        having_received(self.world.registry, "february", NEXT, 4)
        having_registered(self.world.registry, NEXT, 5)
        self.world.clock.pass_time(timedelta(minutes=6))
        return self

    def drilled(self, **section: Any) -> "Rollout":
        """A drill has begun, under a spec with this section deploy."""
        having_a_champion(self.world.registry)
        self.world.applied({"deploy": section})
        having_drilled(self.world.registry, "run_9", 5)
        self.world.clock.pass_time(timedelta(minutes=6))
        self.run, self.version = "run_9", 1
        return self

    def deploys(self, step: int = 0, artifact: str = "") -> deploy.Result:
        """The run goes this step; nothing was seen of it yet."""
        spec = self.turn.spec
        request = deploy.Request(MODEL, self.run, spec, self.version, step, artifact)
        ports = {"registry": self.world.registry, "profiles": self.profiles, "clock": self.world.clock}
        self.gone, self.seen = deploy.run(request, **ports), Seen()  # type: ignore[arg-type]  # three kinds of ports
        return self.gone

    def looks(self) -> judge.Result:
        """The judge looks once, and keeps what it saw for the next time."""
        gone = self.gone
        request = judge.Request(
            MODEL, self.run, self.turn.spec, self.version, gone.step, gone.revision, gone.until_ms, self.seen
        )
        result = judge.run(
            request,
            registry=self.world.registry,
            profiles=self.profiles,
            captures=self.captures,
            artifacts=self.artifacts,
            clock=self.world.clock,
        )
        self.seen = result.seen
        return result

    def called(self, arms: Mapping[str, tuple[int, int, int]], revision: int = 0) -> None:
        """Callers were answered, as (rows, failed, positive) by arm in total; it was captured and folded just now."""
        number, now = next(self.numbers), self.world.clock.now()
        slot, key = hour_name(now), f"{PREFIX}{now:%Y/%m/%d/%H}/{number:04d}"
        counted = {name: Counted(*counts) for name, counts in arms.items()}
        tally = Tally(revision or self.gone.revision, slot, counted)
        self.profiles.put(Folding(MODEL, slot, number, tallies=(tally,)))
        self.captures.write(key, b"")
        self.profiles.fold(Folded(key, {MODEL: now}, {}, {}))

    def passes(self, seconds: float) -> None:
        """So much time."""
        self.world.clock.pass_time(timedelta(seconds=seconds))

    @property
    def turn(self) -> Run:
        """The run, as the registry has it."""
        return self.world.run(self.run)

    def said(self) -> dict[str, str]:
        """What the run's steps say came of them, by name."""
        items = self.world.registry.page(Query(Noun.STEP, MODEL, run=self.run)).items
        return {item.name: item.outcome for item in items if isinstance(item, Step)}

    def arms(self) -> dict[str, float]:
        """The shares of those who answer, by name."""
        return {arm.name: round(arm.share, 6) for arm in self.world.model().serving.arms}
