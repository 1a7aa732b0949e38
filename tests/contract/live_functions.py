"""Real functions behind the real front: workers are processes, calls go over HTTP, no AWS service is there."""

import asyncio
import json
import socket
import sys
import threading
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import uvicorn
from joserfc import jwk

from local.authorizer import JwtAuthorizers
from local.deployment import Addresses, Authorizer, Deployment, Function, Route
from local.front import FrontDoor
from local.gateway import Gateway
from local.runtime.asynchronous import AsynchronousCalls
from local.runtime.door import InvokeDoor
from local.runtime.environment import Ground
from local.runtime.fleet import Fleet
from local.runtime.pool import Ears
from local.tokens import TokenEndpoint

ISSUER = "https://issuer.example/pool"
ACCOUNT = "123456789012"
KEY = jwk.RSAKey.generate_key(2048, {"kid": "local"})
RETRY_WAITS_S = (0.01, 0.01)
INTEGRATION_LIMIT_S = 1.5


@dataclass(frozen=True, slots=True)
class Reply:
    """What came back over HTTP; header names are lower case."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    def json(self) -> Any:
        """The body, parsed."""
        return json.loads(self.body)


@dataclass(slots=True)
class Live:
    """A running front, and what was heard of its functions."""

    url: str
    lines: list[str] = field(default_factory=list)
    sent: list[tuple[str, dict[str, Any]]] = field(default_factory=list)

    def ask(self, method: str, path: str, body: bytes | None = None, headers: Mapping[str, str] | None = None) -> Reply:
        """Send one request exactly to this path."""
        request = urllib.request.Request(self.url + path, body, dict(headers or {}), method=method)
        try:
            with urllib.request.urlopen(request, timeout=30) as answer:
                return _reply(answer)
        except urllib.error.HTTPError as error:
            with error:
                return _reply(error)

    def invoke(self, function: str, event: object, kind: str = "RequestResponse") -> Reply:
        """Call a function over Lambda's API."""
        path = f"/2015-03-31/functions/{function}/invocations"
        return self.ask("POST", path, json.dumps(event).encode(), {"X-Amz-Invocation-Type": kind})


def _reply(answer: Any) -> Reply:
    return Reply(answer.status, {name.lower(): value for name, value in answer.headers.items()}, answer.read())


def bearer(scope: str) -> dict[str, str]:
    """The header of a caller with this scope."""
    return {"Authorization": "Bearer " + TokenEndpoint(KEY, ISSUER, []).issue("app", scope)}


def function(name: str, code: Path, handler: str, timeout_s: int = 10, on_failure: str = "") -> Function:
    """A function of this code."""
    arn = f"arn:aws:lambda:eu-central-1:{ACCOUNT}:function:{name}"
    return Function(name, arn, handler, code, {"OWN": "variable"}, timeout_s, 512, f"/aws/lambda/{name}", on_failure)


@contextmanager
def live(functions: Sequence[Function], routes: Sequence[Route] = ()) -> Iterator[Live]:
    """Serve these functions until the block ends."""
    listening = socket.create_server(("127.0.0.1", 0))
    port = listening.getsockname()[1]
    out = Live(f"http://127.0.0.1:{port}")
    server = uvicorn.Server(uvicorn.Config(_nothing, log_config=None, lifespan="off", timeout_graceful_shutdown=1))
    deployment = Deployment(
        "eu-central-1", ACCOUNT, tuple(functions), routes=tuple(routes), authorizers=(Authorizer("pool", ISSUER, ()),)
    )
    addresses = Addresses("http://127.0.0.1:1", "http://127.0.0.1:2", "127.0.0.1", port)
    ground = Ground("eu-central-1", addresses, Path(sys.executable))
    thread = threading.Thread(target=lambda: asyncio.run(_serve(server, listening, deployment, ground, out)))
    thread.start()
    try:
        yield out
    finally:
        server.should_exit = True
        thread.join(10)
        listening.close()


async def _nothing(*_: object) -> None:
    """Stands in until the event loop runs, in which the fleet has to be made."""


async def _serve(
    server: uvicorn.Server, listening: socket.socket, deployment: Deployment, ground: Ground, out: Live
) -> None:
    ears = Ears(lambda _function, _outcome: None, lambda _function, _stream, line: out.lines.append(line))
    fleet = Fleet(deployment.functions, ground, ears)
    send: Callable[[str, bytes], None] = lambda arn, body: out.sent.append((arn, json.loads(body)))  # noqa: E731
    door = FrontDoor(
        Gateway(deployment, fleet, JwtAuthorizers(deployment.authorizers, KEY), INTEGRATION_LIMIT_S),
        InvokeDoor(fleet, AsynchronousCalls(fleet, send, RETRY_WAITS_S), "arn:aws:lambda:eu-central-1:1:function:"),
        _nothing,
    )
    server.config.app = door
    try:
        await server.serve([listening])
    finally:
        await fleet.close()
