"""The Runtime API (2018-06-01) of one worker: `next`, `response`, `error` and `init/error` over one connection.

Each worker has an address of its own, as each execution environment has on AWS: whose call it is needs no asking.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from enum import Enum, auto
from typing import Protocol, cast

import httptools

_ACCEPTED = (
    b"HTTP/1.1 202 Accepted\r\nContent-Type: application/json\r\nContent-Length: 16\r\n\r\n" + b'{"status": "OK"}'
)
_TRACE_ID = "Root=1-5759e988-bd862e3fe1be46a994272793;Parent=53995c3f42cd8ad8;Sampled=0"


class Said(Enum):
    """What a worker can say over the Runtime API."""

    NEXT = auto()
    RESPONSE = auto()
    ERROR = auto()
    INIT_ERROR = auto()


class Listener(Protocol):
    """Who hears what a worker says."""

    def heard(self, said: Said, body: bytes) -> None:
        """Take in one message of the worker."""


class RuntimeConnection(asyncio.Protocol):
    """One connection of a worker to its Runtime API."""

    def __init__(self, listener: Listener, opened: Callable[[RuntimeConnection], None]) -> None:
        self._listener = listener
        self._opened = opened
        self._url = b""
        self._body: list[bytes] = []

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Take the transport; the parser reads HTTP for us."""
        self._transport = cast("asyncio.Transport", transport)
        self._parser = httptools.HttpRequestParser(self)

    def data_received(self, data: bytes) -> None:
        """Feed the parser, which calls the on_… methods below."""
        self._parser.feed_data(data)

    def on_message_begin(self) -> None:
        """A request begins."""
        self._url, self._body = b"", []

    def on_url(self, url: bytes) -> None:
        """A piece of the request's path."""
        self._url += url

    def on_body(self, body: bytes) -> None:
        """A piece of the request's body."""
        self._body.append(body)

    def on_message_complete(self) -> None:
        """The request is whole: `next` stays open until a call comes, all else is accepted at once."""
        self._opened(self)
        said = _meaning(self._url)
        if said is not Said.NEXT:
            self._transport.write(_ACCEPTED)
        self._listener.heard(said, b"".join(self._body))

    def deliver(self, request_id: str, arn: str, timeout_s: int, payload: bytes) -> None:
        """Answer the open `next` with a call."""
        deadline_ms = int((time.time() + timeout_s) * 1000)
        self._transport.write(
            (
                "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n"
                f"Content-Length: {len(payload)}\r\n"
                f"Lambda-Runtime-Aws-Request-Id: {request_id}\r\n"
                f"Lambda-Runtime-Deadline-Ms: {deadline_ms}\r\n"
                f"Lambda-Runtime-Invoked-Function-Arn: {arn}\r\n"
                f"Lambda-Runtime-Trace-Id: {_TRACE_ID}\r\n\r\n"
            ).encode()
            + payload
        )


def _meaning(url: bytes) -> Said:
    """Read …/runtime/invocation/next, …/runtime/invocation/ID/response|error and …/runtime/init/error."""
    *_, owner, subject, last = url.decode("ascii").split("/")
    if last == "next":
        return Said.NEXT
    if owner == "runtime" and subject == "init":
        return Said.INIT_ERROR
    return Said.RESPONSE if last == "response" else Said.ERROR
