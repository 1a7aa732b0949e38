"""What a body may be, and what is said of one that is not."""

import base64

import pytest

from tests.unit.api.gateway import JSON, SPEC, Gateway, Reply, recorded

PROMOTE = "/models/flights/versions/1/promote"


def sent(body: str, media: str = "application/json") -> Reply:
    """A command with this body."""
    return Gateway().call("POST", PROMOTE, body, {"content-type": media})


@pytest.mark.parametrize(
    ("body", "said"),
    [
        ("", "not JSON"),
        ("{", "not JSON"),
        ('{"reason": "a", "reason": "b"}', "says 'reason' twice"),
        ('{"reason": NaN}', "NaN"),
        ('{"reason": -Infinity}', "-Infinity"),
        ('{"reason": "\\ud800"}', "UTF-8"),
        ("[" * 100_000, "nested too deep"),
        ('{"reason": ' + "9" * 5000 + "}", "digits"),
    ],
)
def test_what_is_no_json_cannot_be_read(body: str, said: str) -> None:
    reply = sent(body)
    assert (reply.status, reply.slug) == (400, "unreadable")
    assert said in reply.json["detail"]


def test_bytes_that_are_no_text_cannot_be_read() -> None:
    event = recorded("promote") | {"body": base64.b64encode(b'{"reason": "\xff"}').decode(), "isBase64Encoded": True}
    assert Gateway().receive(event).slug == "unreadable"


def test_base64_that_is_none_cannot_be_read() -> None:
    assert Gateway().receive(recorded("promote") | {"body": "%%%", "isBase64Encoded": True}).slug == "unreadable"


def test_a_body_that_the_gateway_encoded_is_the_same_body() -> None:
    event = recorded("promote")
    encoded = base64.b64encode(event["body"].encode()).decode()
    assert Gateway().receive(event | {"body": encoded, "isBase64Encoded": True}).slug == "not-found"


@pytest.mark.parametrize(
    ("body", "pointer", "detail"),
    [
        ("[]", "", "is not an object"),
        ("{}", "/reason", "is missing"),
        ('{"reason": 1}', "/reason", "should be a valid string"),
        ('{"reason": ""}', "/reason", "String should have at least 1 character"),
        ('{"reason": "  "}', "/reason", "String should match pattern '\\S'"),
        ('{"reason": "a", "why/not": 1}', "/why~1not", "is not known here"),
    ],
)
def test_a_body_that_is_wrong_is_pointed_at(body: str, pointer: str, detail: str) -> None:
    reply = sent(body)
    assert (reply.status, reply.slug) == (422, "request-refused")
    assert (reply.json["errors"][0]["pointer"], reply.json["errors"][0]["detail"]) == (pointer, detail)


@pytest.mark.parametrize(
    "media", ["", "text/plain", "application/x-www-form-urlencoded", "application/json;charset=utf-16"]
)
def test_another_kind_of_body_is_told_which_kind_to_send(media: str) -> None:
    reply = sent('{"reason": "a"}', media)
    assert (reply.status, reply.slug) == (415, "media-type-refused")
    assert reply.json["errors"][0]["fix"] == "send content-type: application/json"


@pytest.mark.parametrize(
    "media", ["application/json", "Application/JSON; charset=UTF-8", 'application/json;charset="utf-8"']
)
def test_json_is_taken_however_it_is_named(media: str) -> None:
    assert sent('{"reason": "a"}', media).slug == "not-found"


def test_a_body_over_the_limit_is_told_the_limit() -> None:
    reply = Gateway().put("/models/flights/spec", SPEC + "#" * 131_072)
    assert (reply.status, reply.slug, reply.json["errors"][0]["expected"]) == (
        413,
        "too-large",
        "at most 131,072 bytes",
    )


def test_a_spec_may_come_as_json() -> None:
    text = (
        '{"spec": 1, "model": "flights", "task": "binary", "notify": {"owners": ["email:a@example.com"]},'
        ' "data": {"target": "late", "columns": {"hour": "integer"}}}'
    )
    assert Gateway().put("/models/flights/spec", text, media=JSON["content-type"]).status == 200
