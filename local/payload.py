"""Payload format 2.0 of an HTTP API: a request as the event that Lambda gets, and Lambda's answer as a response."""

from __future__ import annotations

import base64
import binascii
import time
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qsl

import orjson

from local.asgi import JSON
from local.routes import Match

_TEXT_TYPES = ("application/json", "application/xml", "application/javascript")  # measured on AWS; text/* besides
_HOP_BY_HOP = frozenset(
    b"connection keep-alive proxy-authenticate proxy-authorization te trailer transfer-encoding upgrade expect".split()
)
_NOT_FORWARDED = _HOP_BY_HOP | {b"content-length"}  # of an answer: the length is counted anew
_TEXT_PLAIN = (b"content-type", b"text/plain;charset=UTF-8")


class MalformedAnswer(ValueError):
    """The function's answer is no response of payload format 2.0."""


@dataclass(frozen=True, slots=True)
class Request:
    """A request as it came in; `path` decoded, `query` as sent."""

    method: str
    path: str
    query: str
    headers: Iterable[tuple[bytes, bytes]]
    body: bytes
    source_ip: str
    request_id: str


@dataclass(frozen=True, slots=True)
class Response:
    """What goes back to the caller."""

    status: int
    headers: list[tuple[bytes, bytes]]
    body: bytes


def event(request: Request, match: Match, account: str, jwt: Mapping[str, object]) -> bytes:
    """Write the event, JSON; `jwt` is the authorizer's {claims, scopes}, empty on an open route."""
    headers, cookies = _headers(request)
    out: dict[str, Any] = {
        "version": "2.0",
        "routeKey": match.route.key,
        "rawPath": request.path,
        "rawQueryString": request.query,
        "headers": headers,
        "requestContext": _context(request, match, account, headers),
        "isBase64Encoded": False,
    }
    if cookies:
        out["cookies"] = cookies
    if request.query:
        out["queryStringParameters"] = _joined(parse_qsl(request.query, keep_blank_values=True))
    if match.parameters:
        out["pathParameters"] = match.parameters
    if jwt:
        out["requestContext"]["authorizer"] = {"jwt": jwt}
    if request.body:
        out["body"], out["isBase64Encoded"] = _body(request.body, headers)
    return orjson.dumps(out)


def response(payload: bytes) -> Response:
    """Read the function's answer; raises MalformedAnswer, for which AWS says 500."""
    answer = orjson.loads(payload)
    if not isinstance(answer, dict) or "statusCode" not in answer:
        return Response(200, [JSON], payload)
    try:
        status = int(answer["statusCode"])
        body = _answer_body(answer)
        headers = [(k.lower().encode(), _text(v).encode()) for k, v in (answer.get("headers") or {}).items()]
        cookies = [(b"set-cookie", cookie.encode()) for cookie in answer.get("cookies") or []]
    except (TypeError, ValueError, AttributeError) as error:
        raise MalformedAnswer(str(error)) from error
    if not 100 <= status <= 599:
        raise MalformedAnswer(f"status {status}")
    headers = [(name, value) for name, value in headers if name not in _NOT_FORWARDED]
    if body and not any(name == b"content-type" for name, _ in headers):
        headers.append(_TEXT_PLAIN)
    return Response(status, headers + cookies, body)


def _headers(request: Request) -> tuple[dict[str, str], list[str]]:
    pairs = [(k.decode("latin-1"), v.decode("latin-1")) for k, v in request.headers if k not in _HOP_BY_HOP]
    cookies = [part.strip() for name, value in pairs if name == "cookie" for part in value.split(";")]
    headers = _joined((name, value) for name, value in pairs if name != "cookie")
    headers["x-forwarded-for"] = ", ".join(filter(None, (headers.get("x-forwarded-for"), request.source_ip)))
    headers["x-forwarded-proto"] = "http"
    headers["x-forwarded-port"] = headers.get("host", "").rpartition(":")[2]
    headers.setdefault("x-amzn-trace-id", f"Root=1-{int(time.time()):08x}-{request.request_id[:24]}")
    return headers, cookies


def _joined(pairs: Iterable[tuple[str, str]]) -> dict[str, str]:
    out: dict[str, str] = {}
    for name, value in pairs:
        out[name] = f"{out[name]},{value}" if name in out else value
    return out


def _context(request: Request, match: Match, account: str, headers: Mapping[str, str]) -> dict[str, Any]:
    now = time.time()
    domain = headers.get("host", "localhost").partition(":")[0]
    return {
        "accountId": account,
        "apiId": "local",
        "domainName": domain,
        "domainPrefix": domain.partition(".")[0],
        "http": {
            "method": request.method,
            "path": request.path,
            "protocol": "HTTP/1.1",
            "sourceIp": request.source_ip,
            "userAgent": headers.get("user-agent", ""),
        },
        "requestId": request.request_id,
        "routeKey": match.route.key,
        "stage": "$default",
        "time": time.strftime("%d/%b/%Y:%H:%M:%S +0000", time.gmtime(now)),
        "timeEpoch": int(now * 1000),
    }


def _body(body: bytes, headers: Mapping[str, str]) -> tuple[str, bool]:
    kind = headers.get("content-type", "").partition(";")[0].strip().lower()
    is_text = (kind.startswith("text/") or kind in _TEXT_TYPES) and "content-encoding" not in headers
    if is_text:
        return body.decode("utf-8", "replace"), False
    return base64.b64encode(body).decode("ascii"), True


def _answer_body(answer: Mapping[str, Any]) -> bytes:
    body = answer.get("body") or ""
    if not isinstance(body, str):
        raise MalformedAnswer("the body is no string")
    if not answer.get("isBase64Encoded"):
        return body.encode()
    try:
        return base64.b64decode(body, validate=True)
    except binascii.Error as error:
        raise MalformedAnswer("the body is no base64") from error


def _text(value: object) -> str:
    return ("true" if value else "false") if isinstance(value, bool) else str(value)
