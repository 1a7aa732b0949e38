"""Deploy: how a registered version takes over, by what serves and what the spec says."""

import pytest

from shared.domain.change import Noun, Ref
from shared.domain.errors import Superseded
from shared.domain.stage import Stage
from shared.lifecycle.deploy import Result, Way
from tests.examples import later, order, version
from tests.history import having_ended
from tests.unit.lifecycle.rollouts import CANARY, Rollout
from tests.unit.lifecycle.world import World

SHADOW_THEN_CANARY = [{"shadow": "10s"}, {"share": "20%", "bake": "20s"}]


def stage(rollout: Rollout) -> Stage:
    return rollout.world.model(Ref(Noun.VERSION, 2)).version(2).stage


def test_the_first_version_takes_over_at_once_whatever_the_steps() -> None:
    world = World()
    world.applied({"deploy": CANARY})
    rollout = Rollout(world, run=str(world.arrives().run), version=1)
    world.registry.commit(world.model().register(order("register", run=rollout.run), version(rollout.run)))
    assert rollout.deploys() == Result(Way.ALL_AT_ONCE, 0)
    assert rollout.said() == {"deploy": "version 1 takes over at once"}


def test_beside_a_champion_a_version_without_steps_takes_over_at_once() -> None:
    rollout = Rollout().begun(steps=[])
    assert rollout.deploys().way is Way.ALL_AT_ONCE
    assert (rollout.arms(), stage(rollout)) == ({"1c": 1.0}, Stage.CANDIDATE)


def test_a_canary_answers_its_share_and_is_looked_at_until_its_end() -> None:
    rollout = Rollout().begun(**CANARY)
    gone = rollout.deploys()
    assert (gone.way, gone.step, gone.wait_s) == (Way.CANARY, 0, 2)
    assert (gone.since_ms, gone.until_ms - gone.since_ms) == (round(later(6).timestamp() * 1000), 20_000)
    assert gone.revision == rollout.world.model().serving.revision
    assert (rollout.arms(), stage(rollout)) == ({"1c": 0.8, "2h": 0.2}, Stage.CHALLENGER)


def test_a_shadow_answers_nobody_and_is_looked_at_once() -> None:
    rollout = Rollout().begun(steps=SHADOW_THEN_CANARY)
    gone = rollout.deploys()
    assert (gone.way, gone.wait_s) == (Way.SHADOW, 10)
    assert (rollout.arms(), stage(rollout)) == ({"1c": 1.0, "2h": 0.0}, Stage.CHALLENGER)
    assert rollout.said()["deploy"] == "version 2 answers what callers send for 10s; nobody sees it"


def test_the_next_step_replaces_the_one_before() -> None:
    rollout = Rollout().begun(steps=SHADOW_THEN_CANARY)
    first, second = rollout.deploys(), rollout.deploys(1)
    assert (second.way, second.revision) == (Way.CANARY, first.revision + 1)
    assert rollout.arms() == {"1c": 0.8, "2h": 0.2}
    assert list(rollout.said()) == ["deploy", "deploy-2"]


def test_a_state_that_is_tried_again_answers_alike_and_serves_once() -> None:
    rollout = Rollout().begun(**CANARY)
    first = rollout.deploys()
    rollout.passes(3)
    assert rollout.deploys() == first
    assert rollout.world.model().serving.revision == first.revision


def test_the_smallest_effect_that_the_traffic_can_show_is_said_before_the_bake() -> None:
    rollout = Rollout().begun(steps=[{"share": "20%", "bake": "1h"}])
    before = rollout.world.model().serving.revision
    rollout.called({"1c": (200, 0, 60), "1p": (9999, 0, 0)}, before)
    rollout.deploys()
    said = rollout.said()["deploy"]
    assert said.startswith("version 2 answers 20% of the rows for 1h; about 2,000 rows are expected, which can show ")
    assert "more failures; 2.0% needs" in said


def test_without_callers_it_is_said_that_nothing_may_be_shown() -> None:
    rollout = Rollout().begun(**CANARY)
    rollout.deploys()
    assert rollout.said()["deploy"].endswith("; no call is counted yet, so what it can show is unknown")


def test_a_drills_copy_is_tried_in_the_name_of_the_champion() -> None:
    rollout = Rollout().drilled(steps=SHADOW_THEN_CANARY)
    assert rollout.deploys(artifact="b0de").way is Way.CANARY
    serving = rollout.world.model().serving
    assert [(arm.name, arm.artifact) for arm in serving.arms] == [("1c", "ab12"), ("1h", "b0de")]
    assert rollout.said()["deploy"].startswith("a copy of version 1 that breaks answers 20% of the rows")


def test_a_run_that_has_ended_goes_no_step() -> None:
    rollout = Rollout().begun(**CANARY)
    having_ended(rollout.world.registry, rollout.run, 7)
    with pytest.raises(Superseded):
        rollout.deploys()
    assert (rollout.arms(), rollout.said()) == ({"1c": 1.0}, {})
