"""moto keeps subscriptions in memory only. Here who listens to a topic is on disk before the request is answered, and
a topic that is created finds its people again, with their filters; queues and functions are subscribed by templates."""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from moto.sns.models import SNSBackend, Subscription, Topic
from pydantic import TypeAdapter

from local.patches.outside_world import OUTSIDE
from local.state import write_whole

SETTINGS = ("FilterPolicyScope", "FilterPolicy", "RawMessageDelivery")
"""What a subscriber may set, in the order in which moto has to be told."""

CHANGES = ("subscribe", "set_subscription_attributes", "unsubscribe", "delete_topic_subscriptions")
"""The calls after which other people listen, or to other things."""


@dataclass(frozen=True, slots=True)
class Subscriber:
    """Somebody outside who listens to a topic, and what they set."""

    protocol: str
    endpoint: str
    settings: Mapping[str, str]


_KEPT = TypeAdapter(dict[str, tuple[Subscriber, ...]])


class SubscriberFile:
    """Topic → its subscribers, as one file; a topic that was not created again keeps its own."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._lock = threading.Lock()
        self._kept = _KEPT.validate_json(path.read_bytes()) if path.exists() else {}
        self._there: set[str] = set()

    def load(self, backend: SNSBackend, topic: str) -> None:
        """Subscribe those who listened to the topic when it was last there."""
        for one in self._kept.get(topic, ()):
            subscription = backend.subscribe(topic, one.endpoint, one.protocol)
            for name in SETTINGS:
                if name in one.settings:
                    backend.set_subscription_attributes(subscription.arn, name, one.settings[name])
        self._there.add(topic)  # only now: half of them are never saved as all

    def save(self, backend: SNSBackend) -> None:
        """Make the file say who listens to the topics that are there."""
        with self._lock:
            listening = list(backend.subscriptions.values())
            now = {topic: tuple(_described(one) for one in listening if _is_of(one, topic)) for topic in self._there}
            if any(self._kept.get(topic, ()) != subscribers for topic, subscribers in now.items()):
                self._kept |= now
                self._path.parent.mkdir(parents=True, exist_ok=True)
                write_whole(self._path, _KEPT.dump_json(self._kept))


def apply(path: Path) -> None:
    """Keep the subscribers of all topics in the file at `path`."""
    kept = SubscriberFile(path)
    create_topic: Callable[..., Topic] = SNSBackend.create_topic

    def create_and_load(self: SNSBackend, *arguments: Any) -> Topic:
        known = frozenset(self.topics)
        topic = create_topic(self, *arguments)
        if topic.arn not in known:
            kept.load(self, topic.arn)
        return topic

    for change in CHANGES:
        setattr(SNSBackend, change, _saving(getattr(SNSBackend, change), kept))
    SNSBackend.create_topic = create_and_load


def _saving(by_moto: Callable[..., Any], kept: SubscriberFile) -> Callable[..., Any]:
    def change(self: SNSBackend, *arguments: Any) -> Any:
        answer = by_moto(self, *arguments)
        kept.save(self)
        return answer

    return change


def _is_of(subscription: Subscription, topic: str) -> bool:
    return subscription.topic.arn == topic and subscription.protocol in OUTSIDE


def _described(subscription: Subscription) -> Subscriber:
    said = subscription.attributes
    settings = {name: said[name] for name in SETTINGS if isinstance(said.get(name), str)}
    return Subscriber(subscription.protocol, subscription.endpoint, settings)
