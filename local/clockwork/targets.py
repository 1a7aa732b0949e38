"""Delivers a JSON payload to whatever an ARN names: function, queue, topic, state machine or bus."""

from __future__ import annotations

import json
import threading
import uuid
from collections.abc import Callable

from local.clockwork.clients import Clients
from local.errors import CloudError


class UnknownTarget(CloudError):
    """Nothing of this kind can be a target here."""


class Targets:
    """The one place where clockwork reaches out; each send may block for a few milliseconds."""

    def __init__(self, clients: Clients, call: Callable[[str, str], None]) -> None:
        """`call` invokes the function of an ARN asynchronously with a JSON text."""
        self._clients = clients
        self._queue_urls: dict[str, str] = {}
        self._lock = threading.Lock()
        self._senders: dict[str, Callable[[str, str], None]] = {
            "lambda": call,
            "sqs": self._queue,
            "sns": self._topic,
            "states": self._machine,
            "events": self._bus,
        }

    def send(self, arn: str, payload: bytes) -> None:
        """Deliver the payload; raises UnknownTarget, or what the service says."""
        service = arn.split(":")[2] if arn.count(":") >= 5 else ""
        if service not in self._senders:
            raise UnknownTarget(f"got {arn!r}, expected an ARN of {', '.join(self._senders)}")
        self._senders[service](arn, payload.decode())

    def _queue(self, arn: str, body: str) -> None:
        with self._lock:
            if arn not in self._queue_urls:
                name = arn.rpartition(":")[2]
                self._queue_urls[arn] = self._clients.sqs.get_queue_url(QueueName=name)["QueueUrl"]
        self._clients.sqs.send_message(QueueUrl=self._queue_urls[arn], MessageBody=body)

    def _topic(self, arn: str, body: str) -> None:
        self._clients.sns.publish(TopicArn=arn, Message=body)

    def _machine(self, arn: str, body: str) -> None:
        # moto wants a name; AWS would make one up
        self._clients.stepfunctions.start_execution(stateMachineArn=arn, input=body, name=str(uuid.uuid4()))

    def _bus(self, arn: str, body: str) -> None:
        event = json.loads(body)
        self._clients.events.put_events(
            Entries=[
                {
                    "EventBusName": arn,
                    "Source": event["source"],
                    "DetailType": event["detail-type"],
                    "Detail": json.dumps(event["detail"]),
                }
            ]
        )
