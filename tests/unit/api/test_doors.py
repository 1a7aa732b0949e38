"""What a caller meets at the door, whatever is asked."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.api.routes import ROUTES
from shared.domain.errors import Unavailable
from tests.unit.api.gateway import SPEC, ULID, Gateway, anything, recorded

NAMES = ("Flights", "-flights", "flights%0A", "flights%2e", "%2e%2e", "a" * 41, "fl_ights", "flights%00", "ﬂights")


class Broken:
    """A registry that fails as it is told to, and that nothing may read before names are checked."""

    def __init__(self, error: Exception) -> None:
        self.error = error

    def model(self, *_: object) -> Any:
        """Fail."""
        raise self.error

    page = audit = serving_at = commit = model


def test_every_answer_says_the_version_of_the_contract() -> None:
    for target in ("/health", "/models", "/models/nobody", "/nowhere"):
        assert Gateway().get(target).headers["treadle-version"] == "1"


def test_health_is_answered_without_reading_anything() -> None:
    gateway = Gateway(ports={"registry": Broken(AssertionError("read"))})
    assert gateway.receive(recorded("health")).json == {"status": "ok"}


def test_an_unknown_path_is_a_problem_of_ours() -> None:
    reply = Gateway().receive(recorded("unknown_route"))
    assert (reply.status, reply.slug, reply.json["request_id"]) == (404, "route-unknown", "JKJaXmPLvHcESHA=")
    assert reply.headers["content-type"] == "application/problem+json"


def test_a_known_path_with_another_method_says_which_it_takes() -> None:
    reply = Gateway().call("DELETE", "/models/flights/runs")
    assert (reply.status, reply.slug, reply.headers["allow"]) == (405, "method-refused", "GET, POST")


@pytest.mark.parametrize("name", NAMES)
def test_a_name_outside_the_pattern_is_refused_before_anything_is_read(name: str) -> None:
    gateway = Gateway(ports={"registry": Broken(AssertionError("read"))})
    for reply in (
        gateway.get(f"/models/{name}"),
        gateway.get(f"/models/{name}/runs"),
        gateway.put(f"/models/{name}/spec", SPEC),
        gateway.post(f"/models/{name}/runs", {"reason": "again"}),
        gateway.post(f"/models/{name}/predict", {"instances": [{"hour": 5}]}),
    ):
        assert (reply.status, reply.slug, reply.json["errors"][0]["pointer"]) == (400, "name-refused", "/model")


@pytest.mark.parametrize(
    "part",
    [
        "versions/0",
        "versions/01",
        "versions/-1",
        "versions/1%0A",
        "versions/١",
        "specs/1.0",
        "runs/run_1",
        f"runs/run_{ULID}%0A",
        f"runs/up_{ULID}",
        f"datasets/{ULID}",
        "uploads/up_",
    ],
)
def test_an_id_outside_its_pattern_is_refused_before_anything_is_read(part: str) -> None:
    reply = Gateway(ports={"registry": Broken(AssertionError("read"))}).get(f"/models/flights/{part}")
    assert (reply.status, reply.slug) == (400, "name-refused")


def test_a_model_that_is_not_there_is_not_found_under_every_route_that_reads_one() -> None:
    places = {"{model}": "nobody", "{version}": "1", "{spec}": "1"}
    ids = {"{run}": f"run_{ULID}", "{dataset}": f"ds_{ULID}", "{upload}": f"up_{ULID}"}
    for route in ROUTES:
        if route.method == "GET" and "{model}" in route.path:
            path = route.path
            for name, value in (places | ids).items():
                path = path.replace(name, value)
            reply = Gateway().get(path)
            assert (path, reply.status, reply.slug) == (path, 404, "not-found")


def test_a_store_that_does_not_answer_is_worth_another_try() -> None:
    gateway = Gateway(ports={"registry": Broken(Unavailable("the registry did not answer in time"))})
    reply = gateway.get("/models")
    assert (reply.status, reply.slug, reply.headers["retry-after"]) == (503, "unavailable", "2")


def test_an_error_that_nobody_foresaw_is_told_without_its_words() -> None:
    gateway = Gateway(ports={"registry": Broken(ZeroDivisionError("the secret of row 7"))})
    reply = gateway.get("/models")
    assert (reply.status, reply.slug) == (500, "internal")
    assert "secret" not in reply.text
    assert "Zero" not in reply.text
    assert gateway.told == ["ZeroDivisionError JKJaXmPLvHcESHA="]


@given(st.sampled_from([route for route in ROUTES if "{" in route.path]), st.data())
def test_nothing_that_a_caller_sends_is_an_error_of_ours(route: Any, data: Any) -> None:
    """Whatever stands in path, query, headers and body, the answer is never a 5xx."""
    words = st.text(st.characters(codec="utf-8", exclude_characters="/"), min_size=1, max_size=12)
    event = recorded("promote") | {"routeKey": route.key}
    names = {part.strip("{}") for part in route.path.split("/") if part.startswith("{")}
    known = {"model": "flights", "version": "1", "spec": "1", "run": f"run_{ULID}"}
    event["pathParameters"] = {name: data.draw(st.just(known.get(name, f"ds_{ULID}")) | words) for name in names}
    event["queryStringParameters"] = data.draw(
        st.dictionaries(st.sampled_from(["limit", "cursor", "since", "at"]), words)
    )
    event["headers"] |= data.draw(
        st.dictionaries(st.sampled_from(["content-type", "if-match", "idempotency-key"]), words | st.just('"1"'))
    )
    event["body"] = data.draw(st.text(max_size=20) | anything.map(json.dumps))
    event["isBase64Encoded"] = data.draw(st.booleans())
    gateway = Gateway()
    gateway.world.applied()
    reply = gateway.receive(event)
    assert reply.status < 500
    assert gateway.told == []
