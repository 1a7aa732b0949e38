"""Detour: what an embedded cloud's bucket tells trigger is held by a proof, which tells it as it likes.

The events are those that the bucket made; they go to the queue that trigger is fed from, by nobody but this proof and
sweep, for the bucket's rule has another target meanwhile.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass

from shared.adapters.clients import client
from shared.domain.upload import Place
from tests.proofs.cloud import Cloud

HELD = "held"
AT_ONCE = 10
"""Messages that SQS takes or gives in one call."""


@dataclass(frozen=True, slots=True)
class Event:
    """What the bucket said, word for word, and of which object."""

    body: str
    place: Place


@dataclass(frozen=True, slots=True)
class Detour:
    """`trigger` is the queue that the function is fed from, `held` the one that the bucket tells instead."""

    trigger: str
    held: str

    def taken(self) -> list[Event]:
        """Every event that the bucket told since the last time, in its order; they are the proof's from here on."""
        found: list[Event] = []
        while (
            messages := client("sqs").receive_message(QueueUrl=self.held, MaxNumberOfMessages=AT_ONCE).get("Messages")
        ):
            found += [_event(message["Body"]) for message in messages]
            done = [{"Id": str(each), "ReceiptHandle": one["ReceiptHandle"]} for each, one in enumerate(messages)]
            client("sqs").delete_message_batch(QueueUrl=self.held, Entries=done)
        return found

    def tell(self, events: Sequence[Event]) -> None:
        """Put these (ten at most) on trigger's queue."""
        entries = [{"Id": str(each), "MessageBody": event.body} for each, event in enumerate(events)]
        client("sqs").send_message_batch(QueueUrl=self.trigger, Entries=entries)


def detour(here: Cloud) -> Detour:
    """From here on the bucket's rule reaches a queue of the proof's own, and trigger's no more."""
    events, queues = client("events"), client("sqs")
    trigger = next(one for one in here.deployed.queue_sources if one.function.endswith("trigger"))
    held = queues.create_queue(QueueName=HELD)["QueueUrl"]
    arn = queues.get_queue_attributes(QueueUrl=held, AttributeNames=["QueueArn"])["Attributes"]["QueueArn"]
    (rule,) = events.list_rule_names_by_target(TargetArn=trigger.queue_arn)["RuleNames"]
    before = [target["Id"] for target in events.list_targets_by_rule(Rule=rule)["Targets"]]
    events.put_targets(Rule=rule, Targets=[{"Id": HELD, "Arn": arn}])
    events.remove_targets(Rule=rule, Ids=before)
    return Detour(trigger.queue_url, held)


def _event(body: str) -> Event:
    detail = json.loads(body)["detail"]
    described = detail["object"]
    return Event(body, Place(detail["bucket"]["name"], described["key"], described["version-id"]))
