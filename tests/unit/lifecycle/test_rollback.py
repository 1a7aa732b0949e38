"""Rollback: what is tried is taken back, by its run or by a person; else the version before answers again."""

from datetime import timedelta

import pytest

from shared.domain.change import Noun, Receipt, Ref
from shared.domain.errors import StageConflict, Superseded
from shared.domain.reason import Reason
from shared.domain.run import RunStatus
from shared.domain.stage import Stage
from shared.lifecycle import rollback
from tests.examples import MODEL, order
from tests.history import having_ended, having_promoted
from tests.unit.lifecycle.rollouts import CANARY, Rollout

HARM = "version 2 failed 17 of 50 rows"
WEEK = timedelta(days=7)


def canary() -> Rollout:
    """Version 2 answers a fifth of the rows."""
    rollout = Rollout().begun(**CANARY)
    rollout.deploys()
    return rollout


def withdrawn(rollout: Rollout) -> Receipt:
    request = rollback.Withdrawal(MODEL, rollout.run, HARM)
    return rollback.withdraw(request, registry=rollout.world.registry, clock=rollout.world.clock)


def rolled_back(rollout: Rollout, name: str = "rollback") -> Receipt:
    world = rollout.world
    request = rollback.Request(MODEL, order(name))
    return rollback.run(request, registry=world.registry, drains=world.drains, wheel=world.wheel, clock=world.clock)


def stages(rollout: Rollout) -> list[Stage]:
    model = rollout.world.model(Ref(Noun.VERSION, 1), Ref(Noun.VERSION, 2))
    return [model.version(1).stage, model.version(2).stage]


def test_the_run_takes_back_what_it_tried_and_ends_rejected_with_the_judges_sentence() -> None:
    rollout = canary()
    receipt = withdrawn(rollout)
    assert (receipt.version, receipt.was, receipt.now) == (2, "challenger", "rejected")
    assert (rollout.arms(), stages(rollout)) == ({"1c": 1.0}, [Stage.CHAMPION, Stage.REJECTED])
    assert (rollout.turn.status, rollout.turn.reason.code) == (RunStatus.REJECTED, "rolled_back")
    assert rollout.turn.reason.detail == HARM


def test_a_state_that_is_tried_again_takes_back_once() -> None:
    rollout = canary()
    first, again = withdrawn(rollout), withdrawn(rollout)
    assert (again.revision, again.replayed) == (first.revision, True)


def test_a_run_that_was_overtaken_takes_nothing_back() -> None:
    rollout = canary()
    having_promoted(rollout.world.registry, 2, 8)
    with pytest.raises(Superseded):
        withdrawn(rollout)
    assert stages(rollout) == [Stage.DRAINING, Stage.CHAMPION]


def test_a_person_takes_back_what_a_run_tries_and_the_run_is_overtaken() -> None:
    rollout = canary()
    assert rolled_back(rollout).now == "rejected"
    assert rollout.arms() == {"1c": 1.0}
    assert (rollout.turn.status, rollout.turn.reason.code) == (RunStatus.CANCELLED, "overtaken")
    assert rollout.world.drains.started == []


def test_a_person_goes_back_to_the_version_before_and_the_champion_drains() -> None:
    rollout = canary()
    having_promoted(rollout.world.registry, 2, 8)
    receipt = rolled_back(rollout)
    assert (receipt.version, receipt.was, receipt.now) == (1, "draining", "champion")
    assert (rollout.arms(), stages(rollout)) == ({"1c": 1.0, "2p": 0.0}, [Stage.CHAMPION, Stage.DRAINING])
    assert rollout.world.drains.started == [(MODEL, 2, receipt.at, receipt.at + WEEK)]


def test_a_rollback_that_is_asked_for_twice_is_done_once() -> None:
    rollout = canary()
    having_promoted(rollout.world.registry, 2, 8)
    first, again = rolled_back(rollout), rolled_back(rollout)
    assert (again.revision, again.replayed) == (first.revision, True)
    assert len(rollout.world.drains.started) == 1


def test_a_drill_is_taken_back_without_a_version_being_rejected() -> None:
    rollout = Rollout().drilled(**CANARY)
    rollout.deploys(artifact="b0de")
    receipt = withdrawn(rollout)
    assert (receipt.run, receipt.now, receipt.version) == (rollout.run, "rejected", None)
    assert rollout.arms() == {"1c": 1.0}


def test_a_drill_that_nobody_noticed_is_taken_back_and_its_run_has_failed() -> None:
    rollout = Rollout().drilled(**CANARY)
    rollout.deploys(artifact="b0de")
    request = rollback.Withdrawal(MODEL, rollout.run, "no row failed", "drill_unnoticed")
    rollback.withdraw(request, registry=rollout.world.registry, clock=rollout.world.clock)
    assert rollout.arms() == {"1c": 1.0}
    assert (rollout.turn.status, rollout.turn.reason) == (RunStatus.FAILED, Reason("drill_unnoticed", "no row failed"))


def test_there_is_nothing_to_go_back_to_where_nothing_drains() -> None:
    rollout = Rollout().begun(**CANARY)
    having_ended(rollout.world.registry, rollout.run, 6)
    with pytest.raises(StageConflict) as refused:
        rolled_back(rollout)
    assert refused.value.problems[0].fix
