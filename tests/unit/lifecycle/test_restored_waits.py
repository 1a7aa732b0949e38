"""A restored version whose spec of today asks for approval: it waits like a new one, and is decided on like one."""

from dataclasses import replace
from datetime import timedelta

import pytest

from shared.domain.approval import ApprovalStatus, Approver
from shared.domain.change import Noun, Ref
from shared.domain.errors import Forbidden, RunConflict, StageConflict
from shared.domain.order import step_order
from shared.domain.run import RunStatus
from shared.domain.stage import Stage
from shared.lifecycle import approve, promote, restore
from tests.examples import MODEL, order
from tests.unit.lifecycle.waiting import GOES_ON, approval, approves, asks, rejects, settles, waiting
from tests.unit.lifecycle.world import World

KIM = Approver("kim", frozenset({"ml-leads"}))


@pytest.fixture
def restored() -> tuple[World, str]:
    """Kim has restored version 1, which Lin had rejected; it has passed the gates of today, and its run waits."""
    world, first = waiting()
    rejects(world, first)
    request = restore.Request(MODEL, 1, replace(order("restore"), by="kim"))
    run = str(restore.run(request, **world.starting()).run)
    passed = step_order(run, "register", "it passed every gate")
    world.registry.commit(world.model(Ref(Noun.VERSION, 1)).readmit(passed, 1, world.clock.now()))
    asks(world, run, "again")
    return world, run


def stage(world: World) -> Stage:
    return world.model(Ref(Noun.VERSION, 1)).version(1).stage


def test_it_waits_for_those_whom_the_spec_names_and_never_for_who_restored_it(restored: tuple[World, str]) -> None:
    world, run = restored
    asked = approval(world, run)
    assert (world.run(run).status, asked.version, asked.started_by) == (RunStatus.WAITING, 1, ("kim",))
    with pytest.raises(Forbidden, match="kim started run"):
        approves(world, run, KIM)
    assert "again" not in world.tasks.answers


def test_approved_it_goes_on_and_becomes_champion_by_its_run(restored: tuple[World, str]) -> None:
    world, run = restored
    approves(world, run)
    assert world.tasks.answers["again"] == GOES_ON
    goes_on = promote.Request(MODEL, 1, step_order(run, "promote", "it passed every gate"))
    promote.run(goes_on, registry=world.registry, drains=world.drains, clock=world.clock)
    assert (world.run(run).status, stage(world)) == (RunStatus.SUCCEEDED, Stage.CHAMPION)


def test_rejected_it_is_rejected_again_and_can_be_restored_once_more(restored: tuple[World, str]) -> None:
    world, run = restored
    rejects(world, run, "cmd_reject_again")
    assert (world.run(run).reason.code, stage(world)) == ("not_approved", Stage.REJECTED)
    once_more = restore.run(restore.Request(MODEL, 1, order("once more")), **world.starting())
    assert world.run(once_more.run).status is RunStatus.RUNNING


def test_nobody_decides_and_it_is_rejected_by_the_clock(restored: tuple[World, str]) -> None:
    world, run = restored
    world.clock.pass_time(timedelta(hours=1, seconds=15))
    assert settles(world, run).outcome is approve.Outcome.EXPIRED
    assert (approval(world, run).status, stage(world)) == (ApprovalStatus.EXPIRED, Stage.REJECTED)


def test_while_it_waits_it_is_no_version_that_left(restored: tuple[World, str]) -> None:
    world, _ = restored
    with pytest.raises(StageConflict):
        world.registry.commit(world.model(Ref(Noun.VERSION, 1)).purge(order("purge"), 1, world.clock.now()))


def test_its_run_does_not_promote_it_before_somebody_has_approved(restored: tuple[World, str]) -> None:
    world, run = restored
    early = promote.Request(MODEL, 1, step_order(run, "promote", "it passed every gate"))
    with pytest.raises(RunConflict, match="waits for approval"):
        promote.run(early, registry=world.registry, drains=world.drains, clock=world.clock)
    assert stage(world) is Stage.CANDIDATE
