"""Notify: who cannot be told holds up nobody, and the platform's owners hear of it once a notice."""

import pytest

from shared.domain.errors import Unavailable, Undelivered
from tests.examples import MODEL
from tests.fakes.notices import MemoryNotices
from tests.fakes.slack import MemorySlack
from tests.history import RUN, having_promoted, having_received, having_registered
from tests.unit.lifecycle.outbox import OWNER, PLATFORM, Outbox, a_drop
from tests.unit.lifecycle.world import World

CHANNELS = {"notify": {"owners": [OWNER, "slack:gone", "slack:flights"], "on_call": ["slack:flights", "slack:dumb"]}}
REFUSED = Undelivered("Slack refuses what is sent to the channel dumb: channel_is_archived")


def an_outbox(slack: MemorySlack, notices: MemoryNotices | None = None) -> Outbox:
    """A model whose people read mail and Slack; its spec was told."""
    outbox = Outbox(World(notices=notices or MemoryNotices()), slack)
    outbox.world.applied(CHANNELS)
    outbox.read()
    return outbox


def having_a_version(outbox: Outbox) -> None:
    """Version 1 serves."""
    registry = outbox.world.registry
    having_received(registry, "january", RUN, 1)
    having_promoted(registry, having_registered(registry, RUN, 2), 3, run=RUN)


def a_rejected_run(outbox: Outbox) -> None:
    outbox.world.ends(outbox.world.arrives().run)


def test_a_channel_reads_subject_and_letter() -> None:
    outbox = an_outbox(MemorySlack("flights", "gone"))
    a_rejected_run(outbox)
    assert outbox.tell(outbox.chain()[0]) == ()
    (text,) = outbox.slack.read("flights")
    (letter,) = outbox.heard(OWNER)
    assert text == f"{letter.subject}\n\n{letter.body}"


def test_a_channel_without_a_webhook_holds_up_nobody_and_the_platforms_owners_are_told_once() -> None:
    outbox = an_outbox(MemorySlack("flights"))
    a_rejected_run(outbox)
    (lost,) = outbox.tell(outbox.chain()[0])
    assert (lost.recipient, lost.via, lost.model) == ("slack:gone", "slack", MODEL)
    assert len(outbox.heard(OWNER)) == len(outbox.slack.read("flights")) == 1
    (letter,) = outbox.heard(PLATFORM)
    assert letter.id == f"{lost.notice}.undelivered"
    assert "- slack:gone: the secret has no webhook for the channel gone" in letter.body


def test_one_letter_names_everybody_whom_a_notice_did_not_reach_and_says_nothing_of_its_content() -> None:
    outbox = an_outbox(MemorySlack("flights", broken={"dumb": REFUSED}))
    having_a_version(outbox)
    lost = outbox.found(a_drop())
    assert [one.recipient for one in lost] == ["slack:gone", "slack:dumb"]
    (letter,) = outbox.heard(PLATFORM)
    assert "- slack:dumb: Slack refuses what is sent to the channel dumb:\n  channel_is_archived" in letter.body
    assert "34.0 %" not in letter.body


def test_a_platforms_owner_who_cannot_be_told_either_is_in_the_log_and_in_no_further_letter() -> None:
    outbox = an_outbox(MemorySlack("flights"))
    outbox.platform_owners = (PLATFORM, "slack:platform")
    a_rejected_run(outbox)
    lost = outbox.tell(outbox.chain()[0])
    assert [(one.model, one.recipient) for one in lost] == [(MODEL, "slack:gone"), ("", "slack:platform")]
    assert len(outbox.heard(PLATFORM)) == 1


def test_what_may_pass_is_raised_after_everybody_else_was_told_so_that_the_stream_tries_again() -> None:
    busy = MemorySlack("flights", broken={"gone": Unavailable("Slack did not answer in time")})
    outbox = an_outbox(busy)
    a_rejected_run(outbox)
    with pytest.raises(Unavailable):
        outbox.tell(outbox.chain()[0])
    assert len(outbox.heard(OWNER)) == len(outbox.slack.read("flights")) == 1
    with pytest.raises(Unavailable):
        outbox.tell(outbox.chain()[0])
    assert len({letter.id for letter in outbox.heard(OWNER)}) == 1


def test_a_number_that_is_none_is_refused_when_the_spec_is_told_and_the_other_people_are_subscribed() -> None:
    outbox = Outbox(World(notices=MemoryNotices(refused=frozenset({"sms:+15550100"}))))
    outbox.world.applied({"notify": {"owners": [OWNER], "on_call": ["sms:+15550100"]}})
    (lost,) = outbox.read()
    assert (lost.recipient, lost.why) == ("sms:+15550100", "the topic refuses this recipient")
    assert "sms:+15550100" in outbox.heard(PLATFORM)[0].body
    a_rejected_run(outbox)
    outbox.tell(outbox.chain()[0])
    assert len(outbox.heard(OWNER)) == 1


def test_a_model_whose_notices_the_topic_refuses_still_reads_slack() -> None:
    outbox = an_outbox(MemorySlack("flights", "gone"), MemoryNotices(silenced=frozenset({MODEL})))
    a_rejected_run(outbox)
    (lost,) = outbox.tell(outbox.chain()[0])
    assert lost.recipient == "email and sms"
    assert len(outbox.slack.read("flights")) == 1
    assert len(outbox.heard(PLATFORM)) == 1


def test_a_topic_that_takes_nothing_at_all_fails_the_telling_so_that_its_alarm_rings() -> None:
    outbox = an_outbox(MemorySlack("flights", "gone"), MemoryNotices(silenced=frozenset({MODEL, ""})))
    a_rejected_run(outbox)
    with pytest.raises(Undelivered):
        outbox.tell(outbox.chain()[0])
