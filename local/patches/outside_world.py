"""moto drops e-mail and SMS, posts to real URLs, and calls functions with a canned event. Here people's messages and
webhooks are kept in the mailbox, and a function gets the event that SNS sends."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import Any

from moto.core.utils import iso_8601_datetime_with_milliseconds
from moto.moto_api._internal import mock_random
from moto.sns.models import SNSBackend, Subscription

from local.front_calls import Front, InvocationType, Letter

OUTSIDE = frozenset({"email", "email-json", "sms", "http", "https"})
Attributes = Mapping[str, Mapping[str, Any]] | None


def apply(front: Front) -> None:
    """Deliver what leaves AWS to the mailbox and what goes to Lambda to the front; queues stay moto's."""
    _patch_topics(front)
    _patch_direct_sms(front)


def _patch_topics(front: Front) -> None:
    by_moto: Callable[..., None] = Subscription.publish

    def publish(
        self: Subscription,
        message: str,
        message_id: str,
        subject: str | None = None,
        message_attributes: Attributes = None,
        group_id: str | None = None,
        deduplication_id: str | None = None,
        message_structure: str | None = None,
    ) -> None:
        if self.protocol not in OUTSIDE and self.protocol != "lambda":
            by_moto(
                self, message, message_id, subject, message_attributes, group_id, deduplication_id, message_structure
            )
            return
        wanted = self._filter_policy_matcher is None or self._filter_policy_matcher.matches(message_attributes, message)
        if not wanted:
            return
        text = self._parse_message_structure(message, self.protocol) if message_structure == "json" else message
        if self.protocol == "lambda":
            event = _sns_event(self, text, message_id, subject, message_attributes)
            front.invoke(self.endpoint, json.dumps(event).encode(), InvocationType.EVENT)
            return
        attributes = {name: str(given.get("Value", "")) for name, given in (message_attributes or {}).items()}
        front.deliver(Letter(self.endpoint, self.protocol, subject or "", text, self.topic.arn, attributes))

    Subscription.publish = publish


def _patch_direct_sms(front: Front) -> None:
    by_moto: Callable[..., str] = SNSBackend.publish

    def publish(  # noqa: PLR0913, PLR0917  moto's signature
        self: SNSBackend,
        message: str,
        arn: str | None,
        phone_number: str | None = None,
        subject: str | None = None,
        message_attributes: Attributes = None,
        group_id: str | None = None,
        deduplication_id: str | None = None,
        message_structure: str | None = None,
    ) -> str:
        message_id = by_moto(
            self, message, arn, phone_number, subject, message_attributes, group_id, deduplication_id, message_structure
        )
        if phone_number:
            front.deliver(Letter(phone_number, "sms", "", message, "", {}))
        return message_id

    SNSBackend.publish = publish


def _sns_event(
    subscription: Subscription, message: str, message_id: str, subject: str | None, attributes: Attributes
) -> dict[str, Any]:
    """The event of https://docs.aws.amazon.com/lambda/latest/dg/with-sns.html, unsigned."""
    notification = {
        "Type": "Notification",
        "MessageId": message_id or str(mock_random.uuid4()),
        "TopicArn": subscription.topic.arn,
        "Subject": subject,
        "Message": message,
        "Timestamp": iso_8601_datetime_with_milliseconds(),
        "SignatureVersion": "1",
        "Signature": "",
        "SigningCertUrl": "",
        "UnsubscribeUrl": "",
        "MessageAttributes": {
            name: {"Type": given.get("Type"), "Value": given.get("Value")} for name, given in (attributes or {}).items()
        },
    }
    record = {
        "EventSource": "aws:sns",
        "EventVersion": "1.0",
        "EventSubscriptionArn": subscription.arn,
        "Sns": notification,
    }
    return {"Records": [record]}
