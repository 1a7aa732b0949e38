"""Notify: each decision becomes events, and a letter to those whom it concerns."""

import pytest

from shared.domain import places, record
from shared.domain.change import Fact, Noun, Ref
from shared.domain.dataset import Reject
from shared.domain.difference import Difference
from shared.domain.execution import Execution, State
from shared.domain.retirement import Replacement, Retirement
from shared.domain.run import Step
from shared.domain.upload import Upload
from shared.lifecycle import notify
from shared.ports.registry import Query
from tests import examples
from tests.examples import MODEL, later, order
from tests.history import NEXT, decide, having_a_champion, having_promoted, having_received, having_registered
from tests.unit.documents.facts import refused_candidate
from tests.unit.lifecycle.outbox import OWNER, PLATFORM, Outbox


@pytest.fixture
def outbox() -> Outbox:
    """Version 1 of flights serves."""
    outbox = Outbox()
    having_a_champion(outbox.world.registry)
    outbox.read()
    return outbox


def with_a_second_version(outbox: Outbox) -> None:
    having_received(outbox.world.registry, "april", NEXT, 4)
    having_registered(outbox.world.registry, NEXT, 5)


def newest(outbox: Outbox) -> str:
    """The letter that the newest decision becomes."""
    outbox.tell(outbox.chain()[0])
    return outbox.heard(OWNER)[-1].body


def test_every_move_of_a_decision_is_one_event() -> None:
    outbox = Outbox()
    outbox.world.applied()
    outbox.world.arrives()
    outbox.read()
    assert outbox.types() == ["spec.applied", "run.started", "upload.received"]


def test_a_decision_told_twice_has_the_same_events_and_the_same_notice() -> None:
    outbox = Outbox()
    outbox.world.applied()
    outbox.world.ends(outbox.world.arrives().run)
    outbox.read()
    outbox.tell(outbox.chain()[0])
    *_, first, second = outbox.world.bus.events
    assert first == second
    assert {letter.id for letter in outbox.heard(OWNER)} == {first.id}


def test_decisions_told_in_another_order_reach_the_same_people_with_the_same_letters() -> None:
    straight, turned = Outbox(), Outbox()
    for outbox in (straight, turned):
        outbox.world.applied()
        outbox.world.ends(outbox.world.arrives().run)
        outbox.tell(outbox.chain()[-1])
    straight.read()
    for audit in turned.chain():
        turned.tell(audit)
    assert set(turned.heard(OWNER)) == set(straight.heard(OWNER))
    assert set(turned.world.bus.events) == set(straight.world.bus.events)


def test_a_rejected_run_is_told_to_the_owners_with_line_and_column() -> None:
    outbox = Outbox()
    outbox.world.applied()
    run = str(outbox.world.arrives("broken.csv").run)
    bad = Reject(17, "distance", "far away", "a number")
    step = Step("flights", run, "data", examples.NOON, 1.0, "2 of 100 rows rejected", (), (bad,))
    outbox.world.registry.commit(Fact(step, fence=run))
    outbox.world.ends(run, Execution(State.FAILED, "data_rejected", "2 of 100 rows are rejected, 1 % may be"))
    outbox.read()
    (letter,) = outbox.heard(OWNER)
    assert "flights" in letter.subject
    for word in ("17", "distance", "far away", "a number", "broken.csv", run):
        assert word in letter.body


def test_a_refused_retrain_is_told_with_the_champion_that_it_did_not_beat_and_the_interval(outbox: Outbox) -> None:
    having_received(outbox.world.registry, "april", NEXT, 4)
    outbox.artifacts.write(places.evaluation(MODEL, NEXT), record.written(refused_candidate()))
    outbox.world.registry.commit(Fact(examples.step(NEXT, "evaluate"), fence=NEXT))
    outbox.world.ends(NEXT, Execution(State.FAILED, "gate_failed", "roc_auc loses too much"))
    body = newest(outbox)
    assert "Its candidate is no better than version 1 on the same untouched rows," in body
    assert "- roc_auc loses more than 0.005 to version 1: -0.0170 (-0.0200 to\n  -0.0140)" in body
    assert "Version 1 keeps serving" in body


def test_a_failed_run_is_told_to_the_owners() -> None:
    outbox = Outbox()
    outbox.world.applied()
    outbox.world.ends(outbox.world.arrives().run, Execution(State.TIMED_OUT))
    outbox.read()
    (letter,) = outbox.heard(OWNER)
    assert "ran out of time" in letter.body


def test_a_promotion_says_what_it_replaces_until_when_and_what_judge_saw(outbox: Outbox) -> None:
    with_a_second_version(outbox)
    judged = Step(MODEL, NEXT, "judge-2", later(6), 0.1, "no harm in 1,200 rows")
    outbox.world.registry.commit(Fact(judged, fence=NEXT))
    having_promoted(outbox.world.registry, 2, 7, run=NEXT)
    body = newest(outbox)
    drained = outbox.world.model().serving.arms[1].sunset
    assert drained
    assert "- no harm in 1,200 rows" in body
    assert f"It replaces version 1, which drains until {drained:%Y-%m-%d %H:%M} UTC" in body


def test_a_rollback_to_the_version_before_is_no_promotion_for_anybody(outbox: Outbox) -> None:
    with_a_second_version(outbox)
    having_promoted(outbox.world.registry, 2, 7, run=NEXT)
    decide(outbox.world.registry, lambda model: model.rollback(order("rollback"), later(8)))
    assert "Version 1 of model flights is the champion again" in newest(outbox)
    assert outbox.types()[-2:] == ["version.reinstated", "version.replaced"]


def test_a_retired_version_takes_leave_with_the_account_of_its_retirement(outbox: Outbox) -> None:
    with_a_second_version(outbox)
    having_promoted(outbox.world.registry, 2, 7, run=NEXT)
    given = order("retire")
    decide(outbox.world.registry, lambda model: model.retire(given, 1, later(9)), Ref(Noun.VERSION, 1))
    replaced = Replacement(2, "ada", "it is better", later(7))
    account = Retirement(
        MODEL, 1, given.id, "ada", "nobody needs it", later(9), later(7), later(9), replaced, (), Difference(), ()
    )
    outbox.artifacts.write(places.retirement(MODEL, 1, given.id), record.written(account))
    body = newest(outbox)
    assert "Retired by ada: nobody needs it" in body
    assert "Nobody has called version 1 in the last 30 days." in body


def test_who_is_no_longer_an_owner_hears_nothing_more() -> None:
    outbox = Outbox()
    outbox.world.applied()
    outbox.world.applied({"notify": {"owners": ["email:b@example.com"]}})
    outbox.world.ends(outbox.world.arrives().run)
    outbox.read()
    assert not outbox.heard(OWNER)
    assert len(outbox.heard("email:b@example.com")) == 1


def test_a_stray_upload_is_told_to_the_platforms_owners() -> None:
    outbox = Outbox()
    outbox.world.arrives("lost.csv", model="nobody")
    (stray,) = outbox.world.registry.page(Query(Noun.UPLOAD)).items
    assert isinstance(stray, Upload)
    notify.stray(stray, notices=outbox.world.notices, slack=outbox.slack, platform_owners=(PLATFORM,))
    (letter,) = outbox.heard(PLATFORM)
    assert "nobody/datasets/lost.csv" in letter.body
