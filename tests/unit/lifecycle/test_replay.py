"""Replay: a shadow answers what callers have sent since it began, and it is kept what came of it."""

import json
from dataclasses import dataclass, field, replace
from datetime import timedelta

import pytest

from shared.domain import places, record
from shared.domain.change import Noun, Ref
from shared.domain.errors import Superseded
from shared.domain.replay import Replay
from shared.domain.serving import Arm, Role
from shared.lifecycle import replay
from shared.lifecycle.replay import Result
from tests.examples import MODEL, later, order, version
from tests.fakes.objects import MemoryObjects
from tests.history import NEXT, RUN, decide, having_applied, having_ended, having_promoted, having_received
from tests.unit.lifecycle.artifacts import Store
from tests.unit.lifecycle.world import World

BEGAN = later(6)


@dataclass(slots=True)
class Shadow:
    """Version 1 serves, version 2 is its shadow since six minutes past noon; rows are captured."""

    champion: str
    challenger: str
    store: Store
    world: World = field(default_factory=World)
    captures: MemoryObjects = field(default_factory=MemoryObjects)

    def begun(self) -> "Shadow":
        """Both versions are registered and serve."""
        registry = self.world.registry
        having_applied(registry)
        having_received(registry, "january", RUN, 1)
        self._registered(RUN, self.champion)
        having_promoted(registry, 1, 3, run=RUN)
        having_received(registry, "february", NEXT, 4)
        self._registered(NEXT, self.challenger)
        arm = Arm(2, Role.CHALLENGER, 0.0, self.challenger)
        tried = order("deploy", run=NEXT)
        decide(registry, lambda model: model.challenge(tried, arm, BEGAN), Ref(Noun.VERSION, 2))
        self.world.clock.pass_time(timedelta(minutes=70))
        return self

    def _registered(self, run: str, artifact: str) -> None:
        made = version(run, later(2))
        given = order(f"register {run}", run=run)
        numbered = replace(made, artifact=artifact)
        decide(self.world.registry, lambda model: model.register(given, numbered))

    def captured(self, minutes: float, *rows: dict[str, object], model: str = MODEL) -> None:
        """A caller sent these rows at so many minutes past noon."""
        at = later(minutes)
        listed = [{"id": f"prd_{n}", "arm": "1c", "score": 0.5, "cells": cells} for n, cells in enumerate(rows)]
        line = {"captured": model, "at": round(at.timestamp() * 1000), "revision": 7, "caller": "c", "rows": listed}
        key = f"captured/{at:%Y/%m/%d/%H}/{len(self.captures.keys('')):04d}"
        self.captures.put(key, json.dumps(line).encode())

    def replays(self) -> Result:
        """The shadow's time is over."""
        request = replay.Request(MODEL, NEXT, 2, 0, round(BEGAN.timestamp() * 1000))
        return replay.run(
            request,
            registry=self.world.registry,
            artifacts=self.store.objects,
            captures=self.captures,
            clock=self.world.clock,
        )

    def kept(self) -> Replay:
        """What the replay came to."""
        return record.read(Replay, self.store.objects.read(places.replay(MODEL, NEXT)))


def shadow(store: Store, challenger: str) -> Shadow:
    return Shadow(store.binary(), challenger, store).begun()


def hours(*of: int) -> list[dict[str, object]]:
    return [{"hour": hour} for hour in of]


def test_what_came_since_the_shadow_began_is_answered_by_both() -> None:
    store = Store()
    tried = shadow(store, store.binary(slope=0.03))
    tried.captured(5, *hours(1, 2))
    tried.captured(7, *hours(0, 10))
    tried.captured(61, *hours(20))
    tried.captured(62, *hours(3), model="taxis")
    assert tried.replays() == Result(3)
    kept = tried.kept()
    assert (kept.rows, kept.failed, kept.decided) == (3, 0, 0)
    assert [kept.mean, kept.largest] == pytest.approx([0.1, 0.2])


def test_decisions_that_differ_are_counted() -> None:
    store = Store()
    tried = shadow(store, store.binary(slope=0.03))
    tried.captured(7, *hours(10, 14, 15, 20))
    tried.replays()
    assert tried.kept().decided == 2


def test_rows_that_the_shadow_fails_are_counted_and_those_that_the_champion_fails_are_left_out() -> None:
    store = Store()
    tried = shadow(store, store.undefined(10))
    tried.captured(7, *hours(5, 10, 15, 20), {"hour": "a9f3"}, {})
    tried.replays()
    assert (tried.kept().rows, tried.kept().failed) == (4, 2)


def test_a_shadow_to_which_nobody_called_has_replayed_nothing() -> None:
    store = Store()
    tried = shadow(store, store.binary(slope=0.03))
    assert tried.replays() == Result(0)
    assert tried.kept() == Replay(0, 0)


def test_lines_that_were_cut_are_passed_over() -> None:
    store = Store()
    tried = shadow(store, store.binary(slope=0.03))
    tried.captured(7, *hours(1))
    tried.captures.put("captured/2013/04/01/12/9999", b'{"captured": "flights", "at": 13')
    assert tried.replays() == Result(1)


def test_a_replay_that_is_tried_again_answers_alike() -> None:
    store = Store()
    tried = shadow(store, store.binary(slope=0.03))
    tried.captured(7, *hours(1, 2))
    assert tried.replays() == tried.replays()


def test_a_run_that_no_longer_runs_records_nothing() -> None:
    store = Store()
    tried = shadow(store, store.binary(slope=0.03))
    having_ended(tried.world.registry, NEXT, 9)
    tried.captured(7, *hours(1))
    with pytest.raises(Superseded):
        tried.replays()
