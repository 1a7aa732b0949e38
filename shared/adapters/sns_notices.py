"""Notices on SNS: one topic, one subscription a recipient.

A topic takes an endpoint once (a second subscription with another filter is refused), so a recipient's filter lists
everything that they hear of, each as model/audience. Channels of Slack are no endpoints of SNS: they are left out.
"""

import json
from collections.abc import Mapping
from typing import TYPE_CHECKING

from botocore.exceptions import ClientError

from shared.adapters.clients import answering, client, code_of
from shared.domain.errors import Problem, Undelivered
from shared.domain.notice import Audience, Notice

if TYPE_CHECKING:
    from mypy_boto3_sns import SNSClient
    from mypy_boto3_sns.type_defs import MessageAttributeValueTypeDef

PROTOCOLS = frozenset({"email", "sms"})
REFUSALS = frozenset({"InvalidParameter", "FilterPolicyLimitExceeded", "SubscriptionLimitExceeded"})
"""What SNS says of a recipient whom it will never reach, or not with this filter; all else is about the platform."""


class SnsNotices:
    """One topic; raises Unavailable. Two changes to one recipient at the same moment may lose the first."""

    def __init__(self, topic: str) -> None:
        self._topic = topic
        self._client: SNSClient = client("sns")

    def subscribe(self, model: str, audience: Audience, recipients: tuple[str, ...]) -> tuple[str, ...]:
        """Make the audience of a model exactly these recipients; who has not confirmed yet is asked once more.

        Returns those whom SNS refuses: a number that is none, a person with more models than a filter holds.
        """
        heard, wanted = _heard(model, audience), frozenset(filter(_reachable, recipients))
        refused = []
        with answering("the topic"):
            present = self._present(wanted)
            for recipient in sorted(wanted | present.keys()):
                try:
                    self._settle(recipient, present.get(recipient, ""), heard, wanted)
                except ClientError as error:
                    if code_of(error) not in REFUSALS:
                        raise
                    refused.append(recipient)
        return tuple(refused)

    def send(self, notice: Notice) -> None:
        """Tell the audiences of the notice's model; people on the phone get its brief."""
        to = json.dumps([_heard(notice.model, audience) for audience in notice.audiences])
        attributes: dict[str, MessageAttributeValueTypeDef] = {"to": {"DataType": "String.Array", "StringValue": to}}
        if notice.model:
            attributes["model"] = {"DataType": "String", "StringValue": notice.model}
        try:
            with answering("the topic"):
                self._client.publish(
                    TopicArn=self._topic,
                    Subject=_one_line(notice.subject),
                    Message=json.dumps({"default": notice.body, "sms": notice.brief}),
                    MessageStructure="json",
                    MessageAttributes=attributes,
                )
        except ClientError as error:
            problem = Problem("", "the topic refuses it", got=code_of(error), fix="see that notify may publish")
            raise Undelivered(f"SNS refuses the notice: {code_of(error)}", problem) from error

    def _settle(self, recipient: str, subscription: str, heard: str, wanted: frozenset[str]) -> None:
        """The recipient hears of it, where they are wanted, and else no longer."""
        if not subscription:
            self._begin(recipient, {"FilterPolicy": _policy(frozenset({heard}))})
            return
        hears = self._hears(subscription)
        self._tell(subscription, hears, hears | {heard} if recipient in wanted else hears - {heard})

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
