"""What moto's process asks of the front: to invoke a function, and to keep a message for the outside world."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from urllib.parse import quote

import urllib3

LONGEST_CALL_S = 900.0  # Lambda's own ceiling


class InvocationType(StrEnum):
    """Lambda's two ways of being called: wait for the answer, or queue the event."""

    REQUEST_RESPONSE = "RequestResponse"
    EVENT = "Event"


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back from an invocation; `function_error` is "" when the handler returned."""

    status: int
    payload: bytes
    function_error: str


@dataclass(frozen=True, slots=True)
class Letter:
    """A message that AWS would have sent to a person or to a URL: `via` is the subscription's protocol."""

    to: str
    via: str
    subject: str
    message: str
    topic: str
    attributes: Mapping[str, str]


class Front:
    """A client of the front, shared by all threads of moto's process."""

    def __init__(self, url: str) -> None:
        self.url = url
        self._pool = urllib3.PoolManager(num_pools=2, maxsize=64, retries=False)

    def invoke(self, function: str, payload: bytes, kind: InvocationType) -> Answer:
        """Invoke a function by name or ARN; raises urllib3's errors when the front does not answer."""
        response = self._pool.request(
            "POST",
            f"{self.url}/2015-03-31/functions/{quote(function, safe='')}/invocations",
            body=payload,
            headers={"Content-Type": "application/json", "X-Amz-Invocation-Type": kind.value},
            timeout=urllib3.Timeout(connect=5.0, read=LONGEST_CALL_S),
        )
        return Answer(response.status, response.data, response.headers.get("X-Amz-Function-Error", ""))

    def deliver(self, letter: Letter) -> None:
        """Put a message into the mailbox; raises urllib3's errors when the front does not answer."""
        self._pool.request(
            "POST",
            f"{self.url}/_local/mailbox",
            body=json.dumps(
                {
                    "to": letter.to,
                    "via": letter.via,
                    "subject": letter.subject,
                    "message": letter.message,
                    "topic": letter.topic,
                    "attributes": dict(letter.attributes),
                }
            ).encode(),
            headers={"Content-Type": "application/json"},
            timeout=urllib3.Timeout(10.0),
        )
