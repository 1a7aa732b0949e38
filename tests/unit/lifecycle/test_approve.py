"""Approve and reject: decided in the registry first, told to the machine then."""

from dataclasses import replace
from datetime import timedelta

import pytest

from shared.domain.approval import ApprovalStatus, Approver
from shared.domain.change import Noun, Ref
from shared.domain.errors import Forbidden, RunConflict, Superseded, Unavailable
from shared.domain.run import RunStatus
from shared.domain.stage import Stage
from shared.lifecycle import approve
from tests.examples import cause, order, upload
from tests.unit.lifecycle.waiting import ASKS, GOES_ON, LostTasks, approval, approves, asks, rejects, settles, waiting
from tests.unit.lifecycle.world import World


def test_a_run_waits_for_those_whom_its_spec_names_for_as_long_as_it_says() -> None:
    world, run = waiting()
    asked = approval(world, run)
    assert (asked.asks, asked.until - asked.at, asked.version) == (("ml-leads",), timedelta(hours=1), 1)
    assert world.run(run).status is RunStatus.WAITING


def test_who_asked_for_the_run_and_who_uploaded_what_it_covers_started_it() -> None:
    world = World()
    world.applied(ASKS)
    given, hers = replace(order("arrives"), by="ada"), replace(upload("january"), by="eve")
    world.registry.commit(world.model().receive(given, hers, cause("january"), "run_1", world.clock.now()))
    asks(world, "run_1")
    assert approval(world, "run_1").started_by == ("ada", "eve")


def test_an_approved_run_goes_on_and_its_machine_is_told() -> None:
    world, run = waiting()
    approves(world, run)
    assert world.run(run).status is RunStatus.RUNNING
    assert world.tasks.answers == {"token": GOES_ON}


def test_a_rejected_run_ends_and_its_machine_is_told_why() -> None:
    world, run = waiting()
    rejects(world, run)
    ended = world.run(run)
    assert (ended.status, ended.reason.code) == (RunStatus.REJECTED, "not_approved")
    assert world.model(Ref(Noun.VERSION, 1)).version(1).stage is Stage.REJECTED
    assert world.tasks.answers == {"token": ("NotApproved", "lin rejected it: it is no better")}


def test_who_may_not_decide_changes_nothing_and_tells_nobody() -> None:
    world, run = waiting()
    with pytest.raises(Forbidden):
        approves(world, run, Approver("bob"))
    assert (world.run(run).status, world.tasks.answers) == (RunStatus.WAITING, {})


def test_the_second_decision_is_refused_and_told_to_nobody() -> None:
    world, run = waiting()
    approves(world, run)
    with pytest.raises(RunConflict, match="approved by lin"):
        rejects(world, run)
    assert world.tasks.answers == {"token": GOES_ON}


def test_a_state_that_is_tried_again_waits_under_its_newer_token() -> None:
    world, run = waiting()
    asks(world, run, "newer")
    approves(world, run)
    assert world.tasks.answers == {"newer": GOES_ON}


def test_a_state_that_is_tried_again_after_the_decision_goes_on_at_once() -> None:
    world, run = waiting()
    approves(world, run)
    assert asks(world, run, "newer").status is ApprovalStatus.APPROVED
    assert world.tasks.answers["newer"] == GOES_ON


def test_a_run_that_is_over_does_not_ask() -> None:
    world, run = waiting()
    rejects(world, run)
    with pytest.raises(Superseded):
        asks(world, run, "newer")


def test_at_the_end_of_its_time_the_run_ends_and_the_version_is_rejected() -> None:
    world, run = waiting()
    world.clock.pass_time(timedelta(hours=1, seconds=15))
    assert settles(world, run).outcome is approve.Outcome.EXPIRED
    assert settles(world, run).outcome is approve.Outcome.EXPIRED
    assert world.run(run).reason.code == "approval_expired"
    assert world.model(Ref(Noun.VERSION, 1)).version(1).stage is Stage.REJECTED


def test_a_machine_whose_time_is_over_goes_on_where_it_was_approved_meanwhile() -> None:
    world, run = waiting()
    with pytest.raises(Unavailable):
        approves(world, run, tasks=LostTasks())
    assert settles(world, run).outcome is approve.Outcome.APPROVED


def test_a_machine_whose_run_was_rejected_meanwhile_stops() -> None:
    world, run = waiting()
    rejects(world, run)
    with pytest.raises(Superseded):
        settles(world, run)
