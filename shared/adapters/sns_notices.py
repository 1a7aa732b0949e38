"""Notices on SNS: one topic, one subscription a recipient.

A topic takes an endpoint once (a second subscription with another filter is refused), so a recipient's filter lists
everything that they hear of, each as model/audience. Channels of Slack are no endpoints of SNS: they are left out.
"""

import json
from collections.abc import Mapping
from typing import TYPE_CHECKING

from shared.adapters.clients import answering, client
from shared.domain.notice import Audience, Notice

if TYPE_CHECKING:
    from mypy_boto3_sns import SNSClient

PROTOCOLS = frozenset({"email", "sms"})


class SnsNotices:
    """One topic; raises Unavailable. Two changes to one recipient at the same moment may lose the first."""

    def __init__(self, topic: str) -> None:
        self._topic = topic
        self._client: SNSClient = client("sns")

    def subscribe(self, model: str, audience: Audience, recipients: tuple[str, ...]) -> None:
        """Make the audience of a model exactly these recipients; who has not confirmed yet is asked once more."""
        heard, wanted = _heard(model, audience), frozenset(filter(_reachable, recipients))
        with answering("the topic"):
            present = self._present(wanted)
            for recipient in sorted(wanted - present.keys()):
                self._begin(recipient, {"FilterPolicy": _policy(frozenset({heard}))})
            for recipient, subscription in sorted(present.items()):
                hears = self._hears(subscription)
                self._tell(subscription, hears, hears | {heard} if recipient in wanted else hears - {heard})

    def send(self, notice: Notice) -> None:
        """Tell the audience of the notice's model; people on the phone get the subject alone."""
        said = {"model": notice.model, "audience": notice.audience, "to": _heard(notice.model, notice.audience)}
        with answering("the topic"):
            self._client.publish(
                TopicArn=self._topic,
                Subject=_one_line(notice.subject),
                Message=json.dumps({"default": notice.body, "sms": notice.subject}),
                MessageStructure="json",
                MessageAttributes={
                    name: {"DataType": "String", "StringValue": value} for name, value in said.items() if value
                },
            )

    def _present(self, wanted: frozenset[str]) -> Mapping[str, str]:
        """Recipient → subscription; an unconfirmed one is known by name only where it is asked for again."""
        pages = self._client.get_paginator("list_subscriptions_by_topic").paginate(TopicArn=self._topic)
        entries = [entry for page in pages for entry in page["Subscriptions"] if entry["Protocol"] in PROTOCOLS]
        named = {f"{entry['Protocol']}:{entry['Endpoint']}": entry["SubscriptionArn"] for entry in entries}
        confirmed = {recipient: arn for recipient, arn in named.items() if arn.startswith("arn:")}
        return confirmed | {one: self._begin(one, {}) for one in sorted(wanted.intersection(named) - confirmed.keys())}

    def _begin(self, recipient: str, settings: Mapping[str, str]) -> str:
        """Subscribe, or find the subscription that is there."""
        protocol, _, endpoint = recipient.partition(":")
        return self._client.subscribe(
            TopicArn=self._topic, Protocol=protocol, Endpoint=endpoint, Attributes=settings, ReturnSubscriptionArn=True
        )["SubscriptionArn"]

    def _hears(self, subscription: str) -> frozenset[str]:
        answer = self._client.get_subscription_attributes(SubscriptionArn=subscription)
        policy: Mapping[str, list[str]] = json.loads(answer["Attributes"].get("FilterPolicy", "{}"))
        return frozenset(policy.get("to", ()))

    def _tell(self, subscription: str, before: frozenset[str], after: frozenset[str]) -> None:
        """Change what a subscription hears of; who hears of nothing leaves."""
        if not after and before:
            self._client.unsubscribe(SubscriptionArn=subscription)
        elif after != before:
            self._client.set_subscription_attributes(
                SubscriptionArn=subscription, AttributeName="FilterPolicy", AttributeValue=_policy(after)
            )


def _heard(model: str, audience: Audience) -> str:
    return f"{model}/{audience}"


def _policy(heard: frozenset[str]) -> str:
    return json.dumps({"to": sorted(heard)})


def _reachable(recipient: str) -> bool:
    return recipient.partition(":")[0] in PROTOCOLS


def _one_line(subject: str) -> str:
    """SNS takes a subject of one line of ASCII, under 100 characters."""
    return " ".join(subject.encode("ascii", "replace").decode().split())[:99]
