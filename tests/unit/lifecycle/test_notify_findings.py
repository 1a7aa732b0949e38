"""Notify: what a check found is an event with its figures, and a letter to owners and to who is on call."""

from dataclasses import replace

import pytest

from shared.domain.event import Seen
from tests.examples import later, order
from tests.history import NEXT, RUN, decide, having_promoted, having_received, having_registered
from tests.unit.lifecycle.outbox import OWNER, PLATFORM, Outbox, a_drop
from tests.unit.lifecycle.test_notify import with_a_second_version

PHONE = "sms:+15550100"
ON_CALL = {"notify": {"owners": [OWNER], "on_call": [PHONE, OWNER]}}


@pytest.fixture
def outbox() -> Outbox:
    """Version 1 of flights serves, and somebody is on call."""
    outbox = Outbox()
    outbox.world.applied(ON_CALL)
    having_received(outbox.world.registry, "january", RUN, 1)
    having_promoted(outbox.world.registry, having_registered(outbox.world.registry, RUN, 2), 3, run=RUN)
    outbox.read()
    return outbox


def test_a_drop_is_an_event_with_every_figure_and_its_threshold(outbox: Outbox) -> None:
    drop = a_drop(run=NEXT)
    outbox.found(drop)
    event = outbox.world.bus.events[-1]
    assert (event.type, event.id, event.subject, event.by) == (
        "performance.dropped",
        "drop_1",
        "drop_1",
        "treadle:monitor",
    )
    assert event.data == Seen("retrain", drop.detail, 1, drop.begins, drop.ends, NEXT, drop.figures)


def test_a_drop_is_told_to_owners_and_to_who_is_on_call_each_person_once(outbox: Outbox) -> None:
    outbox.found(a_drop(run=NEXT))
    (owner,) = [letter for letter in outbox.heard(OWNER) if letter.id == "drop_1"]
    (phone,) = outbox.heard(PHONE)
    assert owner == phone
    assert phone.brief == ("flights: performance dropped, outcome positives 0.34, threshold 0.29. A retrain follows.")


def test_without_anybody_on_call_a_drop_is_told_to_the_owners_alone() -> None:
    outbox = Outbox()
    outbox.world.applied()
    outbox.read()
    assert outbox.found(a_drop()) == ()
    assert [letter.id for letter in outbox.heard(OWNER)] == ["drop_1"]


def test_a_finding_told_twice_is_the_same_event_and_the_same_notice(outbox: Outbox) -> None:
    outbox.found(a_drop())
    outbox.found(a_drop())
    assert outbox.world.bus.events[-1] == outbox.world.bus.events[-2]
    assert len(set(outbox.heard(PHONE))) == 1


def test_an_old_finding_wakes_nobody_for_a_version_that_was_replaced(outbox: Outbox) -> None:
    with_a_second_version(outbox)
    having_promoted(outbox.world.registry, 2, 7, run=NEXT)
    outbox.found(a_drop(version=1))
    letter = outbox.heard(OWNER)[-1]
    assert "Version 1 is not the champion any more: version 2 is." in letter.body
    assert "From 2013-03-25 12:00 UTC to 2013-04-01 12:00 UTC" in letter.body
    assert outbox.heard(PHONE) == ()


def test_a_drop_that_rolled_its_version_back_is_told_to_who_is_on_call(outbox: Outbox) -> None:
    with_a_second_version(outbox)
    having_promoted(outbox.world.registry, 2, 7, run=NEXT)
    decide(outbox.world.registry, lambda model: model.rollback(order("monitor"), later(8)))
    outbox.found(replace(a_drop(version=2), reaction="roll_back"))
    (phone,) = outbox.heard(PHONE)
    assert phone.brief.endswith("It is rolled back.")
    assert "Version 2 is not the champion any more: version 1 is." in phone.body


def test_a_finding_that_comes_before_the_decision_it_followed_is_told_all_the_same(outbox: Outbox) -> None:
    having_received(outbox.world.registry, "april", NEXT, 4)
    begun = outbox.chain()[0]
    outbox.found(a_drop(run=NEXT))
    outbox.tell(begun)
    assert outbox.types()[-3:] == ["performance.dropped", "run.started", "upload.received"]


def test_a_finding_about_a_model_that_nobody_knows_is_told_to_the_platforms_owners(outbox: Outbox) -> None:
    (lost,) = outbox.found(a_drop(model="trains"))
    assert (lost.notice, lost.model, lost.via) == ("drop_1", "trains", "owners")
    (letter,) = outbox.heard(PLATFORM)
    assert "trains" in letter.subject
    assert outbox.heard(PHONE) == ()


def test_a_finding_of_a_model_without_a_champion_is_told_to_its_owners() -> None:
    outbox = Outbox()
    outbox.world.applied(ON_CALL)
    outbox.read()
    outbox.found(a_drop(version=1))
    assert "Version 1 is not the champion any more." in outbox.heard(OWNER)[-1].body
    assert outbox.heard(PHONE) == ()
