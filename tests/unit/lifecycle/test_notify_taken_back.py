"""Notify: owners are told what is tried no longer: by the judge, by a person, or at the end of a drill."""

import pytest

from shared.domain.change import Noun, Ref
from shared.domain.reason import Reason
from shared.domain.run import Cause, CauseKind, RunStatus
from shared.domain.serving import Arm, Role
from tests.examples import later, order
from tests.history import NEXT, decide, having_a_champion, having_received
from tests.unit.lifecycle.outbox import OWNER, Outbox
from tests.unit.lifecycle.test_notify import newest, with_a_second_version


@pytest.fixture
def outbox() -> Outbox:
    """Version 1 of flights serves."""
    outbox = Outbox()
    having_a_champion(outbox.world.registry)
    outbox.read()
    return outbox


def test_what_the_judge_took_back_is_told_with_what_it_saw(outbox: Outbox) -> None:
    with_a_second_version(outbox)
    tried, step = Ref(Noun.VERSION, 2), order("challenge", run=NEXT)
    arm = Arm(2, Role.CHALLENGER, 0.2, "ab12")
    decide(outbox.world.registry, lambda model: model.challenge(step, arm, later(6)), tried)
    saw = Reason("rolled_back", "31 of 120 rows failed, 0 of 480 of version 1")
    decide(outbox.world.registry, lambda model: model.take_back(order("judge", run=NEXT), saw, later(7)), tried)
    body = newest(outbox)
    assert "Version 2 of model flights was tried by run run_2" in body
    assert "31 of 120 rows failed, 0 of 480 of version 1" in body


def test_what_a_person_took_back_is_told_with_who_and_why(outbox: Outbox) -> None:
    with_a_second_version(outbox)
    tried, step = Ref(Noun.VERSION, 2), order("challenge", run=NEXT)
    arm = Arm(2, Role.CHALLENGER, 0.2, "ab12")
    decide(outbox.world.registry, lambda model: model.challenge(step, arm, later(6)), tried)
    decide(outbox.world.registry, lambda model: model.rollback(order("rollback"), later(7)), tried)
    body = newest(outbox)
    assert "Version 2 of model flights was tried by run run_2 and is tried no" in body
    assert "ada decided otherwise" in body
    assert outbox.types()[-2:] == ["version.rejected", "run.cancelled"]


def test_a_run_that_a_person_cancels_is_no_letter(outbox: Outbox) -> None:
    having_received(outbox.world.registry, "april", NEXT, 4)
    told, why = len(outbox.heard(OWNER)), Reason("cancelled", "a wrong file")
    ends = order("cancel")
    decide(outbox.world.registry, lambda model: model.end(ends, NEXT, RunStatus.CANCELLED, why, later(5)))
    outbox.tell(outbox.chain()[0])
    assert (outbox.types()[-1], len(outbox.heard(OWNER))) == ("run.cancelled", told)


def having_drilled_for(outbox: Outbox, why: Reason) -> None:
    asked = Cause(CauseKind.COMMAND, "cmd_drill")
    decide(outbox.world.registry, lambda model: model.drill(order("drill"), asked, "run_drill", later(4)))
    decide(outbox.world.registry, lambda model: model.take_back(order("judge", run="run_drill"), why, later(5)))


def test_a_drill_that_nobody_noticed_is_told_as_that(outbox: Outbox) -> None:
    having_drilled_for(outbox, Reason("drill_unnoticed", "the drill was not noticed: no row failed"))
    assert "The judge saw no harm in it." in " ".join(newest(outbox).split())
    assert outbox.heard(OWNER)[-1].subject == "flights: nobody noticed the drill"


def test_a_drill_says_that_it_was_one(outbox: Outbox) -> None:
    having_drilled_for(outbox, Reason("rolled_back", "the copy failed"))
    assert "This was a drill: run run_drill tried a copy of version 1" in newest(outbox)
    assert outbox.heard(OWNER)[-1].subject == "flights: the drill was rolled back"
