"""Payload format 2.0: a request as an event, and a function's answer as a response."""

import json
from typing import Any

import pytest

from local.deployment import Route
from local.payload import MalformedAnswer, Request, event, response
from local.routes import Match


def asked(body: bytes = b"", query: str = "", path: str = "/models/m", **headers: str) -> dict[str, Any]:
    pairs = [(name.replace("_", "-").encode(), value.encode()) for name, value in headers.items()]
    request = Request("POST", path, query, pairs, body, "127.0.0.1", "0123456789abcdef0123456789abcdef")
    match = Match(Route("POST /models/{model}", "f", (), ""), {"model": "m"})
    out: dict[str, Any] = json.loads(event(request, match, "123456789012", {}))
    return out


def answered(**answer: object) -> tuple[int, dict[bytes, bytes], bytes]:
    found = response(json.dumps(answer).encode())
    return found.status, dict(found.headers), found.body


@pytest.mark.parametrize("kind", ["application/json", "application/json; charset=utf-8", "text/csv", "application/xml"])
def test_a_body_of_text_is_sent_as_it_is(kind: str) -> None:
    assert (asked(b"{}", content_type=kind)["body"], asked(b"{}", content_type=kind)["isBase64Encoded"]) == (
        "{}",
        False,
    )


@pytest.mark.parametrize("kind", ["application/x-www-form-urlencoded", "application/octet-stream", "image/png", ""])
def test_any_other_body_is_sent_as_base64(kind: str) -> None:
    out = asked(b"a=1", content_type=kind)
    assert (out["body"], out["isBase64Encoded"]) == ("YT0x", True)


def test_a_compressed_body_is_sent_as_base64() -> None:
    assert asked(b"{}", content_type="application/json", content_encoding="gzip")["isBase64Encoded"]


def test_an_empty_body_is_left_out() -> None:
    out = asked(content_type="application/json")
    assert "body" not in out
    assert out["isBase64Encoded"] is False


def test_cookies_stand_apart_from_the_headers() -> None:
    out = asked(cookie="a=1; b=2")
    assert out["cookies"] == ["a=1", "b=2"]
    assert "cookie" not in out["headers"]


def test_a_repeated_header_is_joined_by_commas() -> None:
    request = Request("GET", "/", "", [(b"x-a", b"1"), (b"x-a", b"2")], b"", "127.0.0.1", "0" * 32)
    out = json.loads(event(request, Match(Route("$default", "f", (), ""), {}), "1", {}))
    assert out["headers"]["x-a"] == "1,2"


def test_a_repeated_query_parameter_is_decoded_and_joined() -> None:
    out = asked(query="a=1&a=%202&b=")
    assert out["queryStringParameters"] == {"a": "1, 2", "b": ""}
    assert out["rawQueryString"] == "a=1&a=%202&b="


def test_what_is_absent_is_left_out() -> None:
    assert not {"cookies", "queryStringParameters", "body"} & asked().keys()
    assert "authorizer" not in asked()["requestContext"]


def test_the_caller_is_in_x_forwarded_for() -> None:
    assert asked()["headers"]["x-forwarded-for"] == "127.0.0.1"


def test_the_front_speaks_plain_http_and_says_so() -> None:
    assert asked(host="127.0.0.1:8000")["headers"] | {"x-amzn-trace-id": ""} == {
        "host": "127.0.0.1:8000",
        "x-forwarded-for": "127.0.0.1",
        "x-forwarded-port": "8000",
        "x-forwarded-proto": "http",
        "x-amzn-trace-id": "",
    }


def test_an_answer_without_a_status_is_the_body_of_a_200() -> None:
    found = response(b'{"a": 1}')
    assert (found.status, found.body) == (200, b'{"a": 1}')
    assert dict(found.headers)[b"content-type"] == b"application/json"


def test_an_answer_with_a_status_is_taken_apart() -> None:
    assert answered(statusCode=201, headers={"Location": "/x", "Content-Type": "text/html"}, body="é") == (
        201,
        {b"location": b"/x", b"content-type": b"text/html"},
        "é".encode(),
    )


def test_a_body_without_a_content_type_is_plain_text() -> None:
    assert answered(statusCode=200, body="x")[1] == {b"content-type": b"text/plain;charset=UTF-8"}


def test_a_base64_answer_is_decoded() -> None:
    assert answered(statusCode=200, body="AAE=", isBase64Encoded=True)[2] == b"\x00\x01"


def test_each_cookie_of_an_answer_is_a_header_of_its_own() -> None:
    found = response(json.dumps({"statusCode": 200, "cookies": ["a=1", "b=2"]}).encode())
    assert [value for name, value in found.headers if name == b"set-cookie"] == [b"a=1", b"b=2"]


def test_the_length_that_a_function_claims_is_not_believed() -> None:
    assert b"content-length" not in answered(statusCode=200, headers={"Content-Length": "999"}, body="x")[1]


@pytest.mark.parametrize(
    "answer",
    [
        {"statusCode": "soon"},
        {"statusCode": 99},
        {"statusCode": 200, "body": {"a": 1}},
        {"statusCode": 200, "body": "?", "isBase64Encoded": True},
        {"statusCode": 200, "headers": ["a"]},
    ],
)
def test_a_malformed_answer_is_refused(answer: dict[str, object]) -> None:
    with pytest.raises(MalformedAnswer):
        response(json.dumps(answer).encode())
