"""Asks an ASGI application without a socket."""

import asyncio
import json
from dataclasses import dataclass
from typing import Any

from local.asgi import Application, Message


@dataclass(frozen=True, slots=True)
class Reply:
    """What came back."""

    status: int
    headers: dict[str, str]
    body: bytes

    def json(self) -> Any:
        """The body, parsed."""
        return json.loads(self.body)


def ask(
    app: Application, method: str, path: str, body: bytes = b"", headers: dict[str, str] | None = None, query: str = ""
) -> Reply:
    """Send one request in an event loop of its own."""
    scope: dict[str, Any] = {
        "type": "http",
        "method": method,
        "path": path,
        "raw_path": path.encode(),
        "query_string": query.encode(),
        "headers": [(name.lower().encode(), value.encode()) for name, value in (headers or {}).items()],
        "client": ("127.0.0.1", 1),
        "server": ("127.0.0.1", 80),
        "scheme": "http",
        "root_path": "",
    }
    sent: list[Message] = []

    async def receive() -> Message:
        return {"type": "http.request", "body": body, "more_body": False}

    async def send(message: Message) -> None:
        sent.append(message)

    asyncio.run(_run(app, scope, receive, send))
    start, *rest = sent
    named = {name.decode(): value.decode() for name, value in start["headers"]}
    return Reply(start["status"], named, b"".join(message.get("body", b"") for message in rest))


async def _run(app: Application, scope: Any, receive: Any, send: Any) -> None:
    await app(scope, receive, send)
