"""The gateway keeps the promises of an AWS HTTP API; a real function stands behind it and shows what it got."""

import base64
import json
from collections.abc import Iterator
from typing import Any

import pytest

from local.deployment import Route
from tests.contract.live_functions import Live, bearer, function, live

HANDLERS = """
import json, os, time

def show(event, context):
    return {"statusCode": 200, "headers": {"Content-Type": "application/json"}, "body": json.dumps(event)}

def say(event, context):
    return json.loads(event["body"])

def spell(event, context):
    word = event["queryStringParameters"]["word"]
    if word == "raise":
        raise ValueError("secret")
    if word == "exit":
        os._exit(1)
    time.sleep(3)
"""
ROUTES = (
    Route("POST /models/{model}/predict", "show", ("treadle/predict", "treadle/admin"), "pool"),
    Route("GET /signed-in", "show", (), "pool"),
    Route("ANY /open/{path+}", "show", (), ""),
    Route("POST /say", "say", (), ""),
    Route("GET /spell", "spell", (), ""),
    Route("GET /nowhere", "no-such-function", (), ""),
)
JSON = {"Content-Type": "application/json"}
PREDICT = "/models/flights/predict"


@pytest.fixture(scope="module")
def cloud(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Live]:
    """An API with open and closed routes."""
    code = tmp_path_factory.mktemp("code")
    (code / "handlers.py").write_text(HANDLERS)
    functions = [function(name, code, f"handlers.{name}") for name in ("show", "say", "spell")]
    with live(functions, ROUTES) as out:
        yield out


def shown(cloud: Live, path: str, method: str = "GET", **headers: str) -> dict[str, Any]:
    """The event that a function gets for a request."""
    event: dict[str, Any] = cloud.ask(method, path, None, headers).json()
    return event


def test_a_caller_with_any_one_of_the_scopes_passes(cloud: Live) -> None:
    event = cloud.ask("POST", PREDICT, b"{}", JSON | bearer("treadle/read treadle/admin")).json()
    assert event["routeKey"] == "POST /models/{model}/predict"
    assert event["pathParameters"] == {"model": "flights"}
    assert (event["body"], event["isBase64Encoded"]) == ("{}", False)
    jwt = event["requestContext"]["authorizer"]["jwt"]
    assert jwt["scopes"] == ["treadle/read", "treadle/admin"]
    assert (jwt["claims"]["client_id"], jwt["claims"]["token_use"]) == ("app", "access")


def test_a_route_without_scopes_takes_any_token(cloud: Live) -> None:
    event = shown(cloud, "/signed-in", **bearer("other/scope"))
    assert event["requestContext"]["authorizer"]["jwt"]["scopes"] is None


@pytest.mark.parametrize("headers", [{}, {"Authorization": "Bearer nonsense"}])
def test_a_caller_without_a_good_token_gets_the_401_of_aws(cloud: Live, headers: dict[str, str]) -> None:
    reply = cloud.ask("POST", PREDICT, b"{}", headers)
    assert (reply.status, reply.body) == (401, b'{"message":"Unauthorized"}')
    assert reply.headers["www-authenticate"].startswith("Bearer")


def test_a_caller_without_the_scope_gets_the_403_of_aws(cloud: Live) -> None:
    reply = cloud.ask("POST", PREDICT, b"{}", bearer("treadle/read"))
    assert (reply.status, reply.body) == (403, b'{"message":"Forbidden"}')


@pytest.mark.parametrize(("method", "path"), [("GET", "/nothing"), ("GET", "/say"), ("POST", "/say/")])
def test_an_unknown_route_gets_the_404_of_aws(cloud: Live, method: str, path: str) -> None:
    reply = cloud.ask(method, path)
    assert (reply.status, reply.body) == (404, b'{"message":"Not Found"}')


def test_a_body_above_ten_megabytes_gets_the_413_of_aws(cloud: Live) -> None:
    reply = cloud.ask("POST", "/open/x", b"x" * (10 * 1024 * 1024 + 1))
    assert (reply.status, reply.body) == (413, b'{"message":"Request Entity Too Large"}')


def test_a_body_that_is_too_large_for_lambda_gets_a_413(cloud: Live) -> None:
    assert cloud.ask("POST", "/open/x", b"x" * (5 * 1024 * 1024)).status == 413  # base64 makes it 6.7 MB


@pytest.mark.parametrize("word", ["raise", "exit"])
def test_a_function_that_fails_gets_the_500_of_aws(cloud: Live, word: str) -> None:
    reply = cloud.ask("GET", f"/spell?word={word}")
    assert (reply.status, reply.body) == (500, b'{"message":"Internal Server Error"}')


def test_a_route_to_no_function_gets_a_500(cloud: Live) -> None:
    assert cloud.ask("GET", "/nowhere").status == 500


def test_a_function_over_the_integrations_time_gets_the_503_of_aws(cloud: Live) -> None:
    reply = cloud.ask("GET", "/spell?word=sleep")
    assert (reply.status, reply.body) == (503, b'{"message":"Service Unavailable"}')


@pytest.mark.parametrize(
    ("sent", "seen"),
    [
        ("/open/a%20b", "/open/a b"),
        ("/open/caf%C3%A9", "/open/café"),
        ("/open/%2e%2e/x", "/open/../x"),
        ("/open/flights%0a", "/open/flights\n"),
        ("/open/a%2Fb", "/open/a/b"),
        ("/open/a%3Fb", "/open/a"),
        ("/open/100%", "/open/100%"),
        ("/open//x", "/open//x"),
    ],
)
def test_a_path_is_decoded_and_passed_on(cloud: Live, sent: str, seen: str) -> None:
    event = shown(cloud, sent)
    assert (event["rawPath"], event["requestContext"]["http"]["path"]) == (seen, seen)
    assert event["pathParameters"] == {"path": seen.removeprefix("/open/")}


def test_a_query_is_passed_on_raw_and_decoded(cloud: Live) -> None:
    event = shown(cloud, "/open/x?a=1&a=%202&empty=")
    assert event["rawQueryString"] == "a=1&a=%202&empty="
    assert event["queryStringParameters"] == {"a": "1, 2", "empty": ""}


def test_headers_are_lower_case_and_cookies_stand_apart(cloud: Live) -> None:
    event = shown(cloud, "/open/x", **{"X-Mixed-Case": "Kept", "Cookie": "a=1; b=2"})
    assert event["headers"]["x-mixed-case"] == "Kept"
    assert event["cookies"] == ["a=1", "b=2"]
    assert "cookie" not in event["headers"]


def test_a_form_arrives_as_base64(cloud: Live) -> None:
    event = cloud.ask("POST", "/open/x", b"a=1", {"Content-Type": "application/x-www-form-urlencoded"}).json()
    assert (event["body"], event["isBase64Encoded"]) == (base64.b64encode(b"a=1").decode(), True)


def test_an_open_route_has_no_authorizer_in_its_event(cloud: Live) -> None:
    context = shown(cloud, "/open/x")["requestContext"]
    assert "authorizer" not in context
    assert (context["accountId"], context["stage"], context["http"]["method"]) == ("123456789012", "$default", "GET")


def test_an_answer_is_sent_as_the_function_says(cloud: Live) -> None:
    answer = {"statusCode": 201, "headers": {"Location": "/models/m"}, "cookies": ["a=1"], "body": "done"}
    reply = cloud.ask("POST", "/say", json.dumps(answer).encode(), JSON)
    assert (reply.status, reply.body, reply.headers["location"]) == (201, b"done", "/models/m")
    assert reply.headers["set-cookie"] == "a=1"
    assert reply.headers["content-type"] == "text/plain;charset=UTF-8"
    assert reply.headers["apigw-requestid"]


def test_an_answer_of_bytes_is_decoded(cloud: Live) -> None:
    answer = {"statusCode": 200, "isBase64Encoded": True, "body": "AAEC"}
    assert cloud.ask("POST", "/say", json.dumps(answer).encode(), JSON).body == b"\x00\x01\x02"


def test_an_answer_without_a_status_is_json(cloud: Live) -> None:
    reply = cloud.ask("POST", "/say", b'{"a": 1}', JSON)
    assert (reply.status, reply.json(), reply.headers["content-type"]) == (200, {"a": 1}, "application/json")


def test_a_malformed_answer_gets_the_500_of_aws(cloud: Live) -> None:
    assert cloud.ask("POST", "/say", b'{"statusCode": "soon"}', JSON).body == b'{"message":"Internal Server Error"}'


def test_head_is_answered_without_a_body(cloud: Live) -> None:
    assert cloud.ask("HEAD", "/open/x").body == b""
