"""Lambda's Invoke over HTTP: `POST /2015-03-31/functions/{name or ARN}/invocations`."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from urllib.parse import unquote

import orjson

from local.asgi import JSON, BodyTooLarge, Headers, Receive, Scope, Send, answer, read_body
from local.deployment import Function
from local.runtime.asynchronous import AsynchronousCalls
from local.runtime.calls import ASYNC_LIMIT_BYTES, SYNC_LIMIT_BYTES
from local.runtime.fleet import Fleet, UnknownFunction

PREFIX = "/2015-03-31/functions/"
_SUFFIX = "/invocations"
_LIMITS = {"RequestResponse": SYNC_LIMIT_BYTES, "Event": ASYNC_LIMIT_BYTES, "DryRun": SYNC_LIMIT_BYTES}
_Answer = tuple[int, Headers, bytes]
_VERSION = (b"x-amz-executed-version", b"$LATEST")


class InvokeDoor:
    """Answers Invoke as Lambda's API does."""

    def __init__(self, fleet: Fleet, asynchronous: AsynchronousCalls, arn_prefix: str) -> None:
        self._fleet = fleet
        self._asynchronous = asynchronous
        self._arn_prefix = arn_prefix
        self._kinds: dict[str, Callable[[Function, bytes], Awaitable[_Answer]]] = {
            "RequestResponse": self._wait,
            "Event": self._leave,
            "DryRun": self._check,
        }

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        await answer(send, *await self._invoke(scope, receive))

    async def _invoke(self, scope: Scope, receive: Receive) -> _Answer:
        path = scope["raw_path"].decode("latin-1")
        if scope["method"] != "POST" or not path.endswith(_SUFFIX):
            return _refusal(404, "UnknownOperationException", "")
        name = unquote(path[len(PREFIX) : -len(_SUFFIX)])
        kind = dict(scope["headers"]).get(b"x-amz-invocation-type", b"RequestResponse").decode("latin-1")
        if kind not in _LIMITS:
            return _refusal(400, "InvalidParameterValueException", f"Unsupported invocation type {kind}")
        try:
            function = self._fleet.function(name)
            payload = await read_body(receive, _LIMITS[kind]) or b"{}"
            orjson.loads(payload)
        except UnknownFunction:
            return _refusal(404, "ResourceNotFoundException", f"Function not found: {self._arn_prefix}{name}")
        except BodyTooLarge:
            message = f"Request must be smaller than {_LIMITS[kind]} bytes for the InvokeFunction operation"
            return _refusal(413, "RequestEntityTooLargeException", message)
        except orjson.JSONDecodeError as error:
            return _refusal(400, "InvalidRequestContentException", f"Could not parse request body into json: {error}")
        return await self._kinds[kind](function, payload)

    async def _wait(self, function: Function, payload: bytes) -> _Answer:
        outcome = await self._fleet.invoke(function.name, payload)
        headers = [JSON, _VERSION, (b"x-amzn-requestid", outcome.request_id.encode())]
        if outcome.error:
            headers.append((b"x-amz-function-error", outcome.error.encode()))
        return 200, headers, outcome.payload

    async def _leave(self, function: Function, payload: bytes) -> _Answer:
        self._asynchronous.submit(function, payload)
        return 202, [], b""

    async def _check(self, _function: Function, _payload: bytes) -> _Answer:
        return 204, [_VERSION], b""


def _refusal(status: int, kind: str, message: str) -> _Answer:
    body = orjson.dumps({"Type": "User", "Message": message, "message": message})
    return status, [JSON, (b"x-amzn-errortype", kind.encode())], body
