"""Notices: each recipient hears of the models they are named for, and of nothing else."""

import json
from collections.abc import Callable
from dataclasses import dataclass

import pytest
from moto.core import DEFAULT_ACCOUNT_ID
from moto.sns.models import sns_backends

from shared.adapters.clients import client
from shared.adapters.sns_notices import SnsNotices
from shared.domain.errors import Undelivered
from shared.domain.notice import Audience, Notice
from shared.ports.notices import Notices
from tests.fakes.notices import MemoryNotices

ADA, BEN, PHONE = "email:ada@example.com", "email:ben@example.com", "sms:+15550100"


@dataclass(frozen=True, slots=True)
class Post:
    """Notices, and the subjects that came to a recipient."""

    notices: Notices
    heard: Callable[[str], list[str]]


def delivered(topic: str, recipient: str) -> list[str]:
    """The subjects that moto's SNS lets through the recipient's filter."""
    backend = sns_backends[DEFAULT_ACCOUNT_ID]["eu-central-1"]
    protocol, _, endpoint = recipient.partition(":")
    sent = backend.topics[topic].sent_notifications
    return [
        str(subject)
        for subscription in backend.subscriptions.values()
        if (subscription.protocol, subscription.endpoint) == (protocol, endpoint)
        for _, message, subject, attributes, _ in sent
        if subscription._filter_policy_matcher.matches(attributes, message)
    ]


@pytest.fixture(params=["memory", "sns"])
def post(request: pytest.FixtureRequest) -> Post:
    """A topic that nobody listens to yet."""
    if request.param == "memory":
        notices = MemoryNotices()
        return Post(notices, lambda recipient: [notice.subject for notice in notices.heard(recipient)])
    request.getfixturevalue("aws")
    topic = client("sns").create_topic(Name="notices")["TopicArn"]
    return Post(SnsNotices(topic), lambda recipient: delivered(topic, recipient))


def a_notice(subject: str, model: str = "flights", audiences: tuple[Audience, ...] = (Audience.OWNERS,)) -> Notice:
    return Notice("cmd_1.0", model, audiences, subject, "The run ended.\n", "It ended.")


def test_an_owner_hears_of_their_model_and_of_no_other(post: Post) -> None:
    post.notices.subscribe("flights", Audience.OWNERS, (ADA,))
    post.notices.subscribe("taxis", Audience.OWNERS, (BEN,))
    post.notices.send(a_notice("flights: rejected"))
    assert (post.heard(ADA), post.heard(BEN)) == (["flights: rejected"], [])


def test_one_person_hears_of_every_model_that_names_them(post: Post) -> None:
    post.notices.subscribe("flights", Audience.OWNERS, (ADA,))
    post.notices.subscribe("taxis", Audience.OWNERS, (ADA, BEN))
    post.notices.send(a_notice("of flights"))
    post.notices.send(a_notice("of taxis", "taxis"))
    assert (post.heard(ADA), post.heard(BEN)) == (["of flights", "of taxis"], ["of taxis"])


def test_owners_and_on_call_are_told_apart(post: Post) -> None:
    post.notices.subscribe("flights", Audience.OWNERS, (ADA,))
    post.notices.subscribe("flights", Audience.ON_CALL, (PHONE, BEN))
    post.notices.send(a_notice("by night", audiences=(Audience.ON_CALL,)))
    assert (post.heard(ADA), post.heard(BEN), post.heard(PHONE)) == ([], ["by night"], ["by night"])


def test_who_is_an_owner_and_on_call_hears_of_what_concerns_both_once(post: Post) -> None:
    post.notices.subscribe("flights", Audience.OWNERS, (ADA, BEN))
    post.notices.subscribe("flights", Audience.ON_CALL, (PHONE, ADA))
    post.notices.send(a_notice("a drop", audiences=(Audience.OWNERS, Audience.ON_CALL)))
    assert [post.heard(one) for one in (ADA, BEN, PHONE)] == [["a drop"]] * 3


def test_an_audience_of_nobody_is_told_without_complaint(post: Post) -> None:
    assert post.notices.subscribe("flights", Audience.OWNERS, (ADA,)) == ()
    post.notices.send(a_notice("a drop", audiences=(Audience.ON_CALL,)))
    assert post.heard(ADA) == []


def test_an_audience_is_exactly_who_was_named_last(post: Post) -> None:
    post.notices.subscribe("flights", Audience.OWNERS, (ADA, BEN))
    post.notices.subscribe("flights", Audience.OWNERS, (BEN,))
    post.notices.send(a_notice("after Ada left"))
    assert (post.heard(ADA), post.heard(BEN)) == ([], ["after Ada left"])


def test_who_leaves_one_model_goes_on_hearing_of_the_other(post: Post) -> None:
    post.notices.subscribe("flights", Audience.OWNERS, (ADA,))
    post.notices.subscribe("taxis", Audience.OWNERS, (ADA,))
    post.notices.subscribe("flights", Audience.OWNERS, (BEN,))
    post.notices.send(a_notice("of flights"))
    post.notices.send(a_notice("of taxis", "taxis"))
    assert (post.heard(ADA), post.heard(BEN)) == (["of taxis"], ["of flights"])


def test_a_recipient_named_twice_hears_once(post: Post) -> None:
    post.notices.subscribe("flights", Audience.OWNERS, (ADA, ADA))
    post.notices.subscribe("flights", Audience.OWNERS, (ADA,))
    post.notices.send(a_notice("once"))
    assert post.heard(ADA) == ["once"]


def test_the_platforms_owners_hear_of_what_belongs_to_no_model(post: Post) -> None:
    post.notices.subscribe("", Audience.PLATFORM, (ADA,))
    post.notices.subscribe("flights", Audience.OWNERS, (BEN,))
    post.notices.send(a_notice("a stray upload", "", (Audience.PLATFORM,)))
    assert (post.heard(ADA), post.heard(BEN)) == (["a stray upload"], [])


def test_a_channel_of_slack_is_no_subscription_of_the_topic(aws: None) -> None:
    topic = client("sns").create_topic(Name="notices")["TopicArn"]
    SnsNotices(topic).subscribe("flights", Audience.OWNERS, ("slack:flights", ADA))
    present = client("sns").list_subscriptions_by_topic(TopicArn=topic)["Subscriptions"]
    assert [(one["Protocol"], one["Endpoint"]) for one in present] == [("email", "ada@example.com")]


def test_a_topic_holds_nobody_who_hears_of_nothing(aws: None) -> None:
    topic = client("sns").create_topic(Name="notices")["TopicArn"]
    SnsNotices(topic).subscribe("flights", Audience.OWNERS, (ADA, BEN))
    SnsNotices(topic).subscribe("flights", Audience.OWNERS, ())
    assert client("sns").list_subscriptions_by_topic(TopicArn=topic)["Subscriptions"] == []


def test_a_subject_is_one_line_that_mail_can_carry(aws: None) -> None:
    topic = client("sns").create_topic(Name="notices")["TopicArn"]
    SnsNotices(topic).send(a_notice("flights:\nrejected → 1 % too many " + "x" * 99))
    _, _, subject, _, _ = sns_backends[DEFAULT_ACCOUNT_ID]["eu-central-1"].topics[topic].sent_notifications[0]
    assert subject.startswith("flights: rejected ? 1 % too many xxx")
    assert len(subject) == 99


def test_a_phone_is_sent_the_brief_and_everybody_else_the_letter(aws: None) -> None:
    topic = client("sns").create_topic(Name="notices")["TopicArn"]
    SnsNotices(topic).send(a_notice("flights: rejected"))
    _, message, _, _, _ = sns_backends[DEFAULT_ACCOUNT_ID]["eu-central-1"].topics[topic].sent_notifications[0]
    assert json.loads(message) == {"default": "The run ended.\n", "sms": "It ended."}


def test_a_number_that_is_none_is_named_and_everybody_else_is_subscribed(aws: None) -> None:
    topic = client("sns").create_topic(Name="notices")["TopicArn"]
    nobody = "sms:+1-no-number"
    assert SnsNotices(topic).subscribe("flights", Audience.ON_CALL, (ADA, nobody, "slack:flights")) == (nobody,)
    present = client("sns").list_subscriptions_by_topic(TopicArn=topic)["Subscriptions"]
    assert [one["Endpoint"] for one in present] == ["ada@example.com"]


def test_a_topic_that_is_gone_is_said_to_refuse_the_notice(aws: None) -> None:
    topic = client("sns").create_topic(Name="notices")["TopicArn"]
    client("sns").delete_topic(TopicArn=topic)
    with pytest.raises(Undelivered, match="SNS refuses the notice: NotFound"):
        SnsNotices(topic).send(a_notice("flights: rejected"))
