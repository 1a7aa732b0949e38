"""An AWS HTTP API on this machine: route, JWT authorizer, payload 2.0, and AWS's own bodies for what it refuses."""

from __future__ import annotations

import asyncio
import uuid
from urllib.parse import unquote

from local.asgi import JSON, BodyTooLarge, Receive, Scope, Send, answer, read_body
from local.authorizer import Forbidden, JwtAuthorizers, Unauthorized
from local.deployment import Deployment
from local.payload import MalformedAnswer, Request, Response, event, response
from local.routes import Match, NoRoute, Routes
from local.runtime.calls import SYNC_LIMIT_BYTES
from local.runtime.fleet import Fleet, UnknownFunction

BODY_LIMIT_BYTES = 10 * 1024 * 1024
INTEGRATION_LIMIT_S = 30.0


def _own(status: int, message: str, *headers: tuple[bytes, bytes]) -> Response:
    return Response(status, [JSON, *headers], f'{{"message":"{message}"}}'.encode())


_NOT_FOUND = _own(404, "Not Found")
_FORBIDDEN = _own(403, "Forbidden")
_TOO_LARGE = _own(413, "Request Entity Too Large")
_FAILED = _own(500, "Internal Server Error")
_UNAVAILABLE = _own(503, "Service Unavailable")


class Gateway:
    """Serves the deployment's routes; everything that goes wrong before or behind a function has AWS's own body."""

    def __init__(
        self, deployment: Deployment, fleet: Fleet, authorizers: JwtAuthorizers, limit_s: float = INTEGRATION_LIMIT_S
    ) -> None:
        self._routes = Routes(deployment.routes)
        self._account = deployment.account
        self._fleet = fleet
        self._authorizers = authorizers
        self._limit_s = limit_s

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        request_id = uuid.uuid4().hex
        found = await self._respond(scope, receive, request_id)
        headers = [*found.headers, (b"apigw-requestid", request_id[:15].encode())]
        body = b"" if scope["method"] == "HEAD" else found.body
        await answer(send, found.status, headers, body)

    async def _respond(self, scope: Scope, receive: Receive, request_id: str) -> Response:
        path = decoded(scope["raw_path"])
        try:
            match = self._routes.match(scope["method"], path)
            jwt = self._authorizers.admit(match.route, _header(scope, b"authorization"))
            body = await read_body(receive, BODY_LIMIT_BYTES)
        except NoRoute:
            return _NOT_FOUND
        except Unauthorized as error:
            return _unauthorized(str(error))
        except Forbidden:
            return _FORBIDDEN
        except BodyTooLarge:
            return _TOO_LARGE
        query = scope["query_string"].decode("latin-1")
        client = scope.get("client") or ("127.0.0.1", 0)
        request = Request(scope["method"], path, query, scope["headers"], body, client[0], request_id)
        return await self._integrate(match, event(request, match, self._account, jwt))

    async def _integrate(self, match: Match, payload: bytes) -> Response:
        if len(payload) > SYNC_LIMIT_BYTES:
            return _TOO_LARGE
        try:
            async with asyncio.timeout(self._limit_s):
                outcome = await self._fleet.invoke(match.route.function, payload)
        except TimeoutError:
            return _UNAVAILABLE
        except UnknownFunction:
            return _FAILED
        if outcome.error:
            return _FAILED
        try:
            return response(outcome.payload)
        except MalformedAnswer:
            return _FAILED


def decoded(raw_path: bytes) -> str:
    """Decode a path as an HTTP API does: `%2e` and `%0a` are decoded and passed on, the function judges them.

    It also cuts at a decoded question mark (seen on AWS). An escape that is no UTF-8 becomes U+FFFD.
    """
    path = raw_path.decode("latin-1")
    return unquote(path, errors="replace").partition("?")[0] if "%" in path else path


def _header(scope: Scope, name: bytes) -> str:
    for key, value in scope["headers"]:
        if key == name:
            text: str = value.decode("latin-1")
            return text
    return ""


def _unauthorized(code: str) -> Response:
    challenge = f'Bearer scope="" error="{code}"' if code else "Bearer"
    return _own(401, "Unauthorized", (b"www-authenticate", challenge.encode()))
