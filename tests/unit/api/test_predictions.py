"""Predict's own door: what it takes, what it says, and what it never says."""

import json
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.domain.errors import Unavailable
from shared.domain.serving import Role
from tests.unit.api.gateway import Gateway, anything, recorded
from tests.unit.lifecycle.artifacts import Store

ROUTE = "/models/flights/predict"
SECRET = "the passenger in 7A"


def serving(threshold: float = 0.5) -> Gateway:
    """A gateway behind which version 1 of flights answers."""
    store = Store()
    store.serve((store.binary(0.04, threshold), Role.CHAMPION, 1.0))
    return Gateway(ports={"servings": store, "artifacts": store.objects})


def test_rows_are_answered_in_the_form_of_the_contract() -> None:
    reply = serving().receive(recorded("predict"))
    assert reply.status == 200
    assert (reply.json["model"], reply.json["version"]) == ("flights", 1)
    early, late = reply.json["predictions"]
    stem = early.pop("id").removesuffix("_0")
    assert stem.startswith("prd_flights_1c_")
    assert early == {"version": 1, "value": False, "probabilities": {"false": 0.8, "true": 0.2}, "threshold": 0.5}
    assert (late["id"], late["value"]) == (f"{stem}_1", True)


def test_what_a_task_does_not_have_is_left_out() -> None:
    store = Store()
    store.serve((store.regression(), Role.CHAMPION, 1.0))
    reply = Gateway(ports={"servings": store, "artifacts": store.objects}).post(ROUTE, {"instances": [{"hour": 5}]})
    assert set(reply.json["predictions"][0]) == {"id", "version", "value"}


def test_a_version_can_be_pinned() -> None:
    reply = serving().post("/models/flights/versions/1/predict", {"instances": [{"hour": 5}]})
    assert reply.json["predictions"][0]["id"].startswith("prd_flights_1p_")


@pytest.mark.parametrize(
    "body", ["[]", "{}", '{"instances": []}', '{"instances": {}}', '{"instances": [{}], "more": 1}', '"instances"', "7"]
)
def test_a_body_without_a_list_of_rows_alone_is_refused(body: str) -> None:
    reply = serving().post(ROUTE, body)
    assert (reply.status, reply.slug, reply.json["errors"][0]["pointer"]) == (422, "request-refused", "/instances")


@pytest.mark.parametrize("body", ["", '{"instances": [{"hour": 1, "hour": 2}]}', '{"instances": [{"hour": NaN}]}'])
def test_a_body_that_is_no_strict_json_cannot_be_read(body: str) -> None:
    assert serving().post(ROUTE, body).slug == "unreadable"


def test_another_kind_of_body_is_not_taken() -> None:
    assert serving().call("POST", ROUTE, "hour\n5", {"content-type": "text/csv"}).slug == "media-type-refused"


def test_too_many_rows_and_too_many_bytes_are_told_their_limits() -> None:
    many = serving().post(ROUTE, {"instances": [{"hour": 5}] * 10_001})
    assert (many.status, many.json["errors"][0]["expected"]) == (413, "at most 10,000")
    large = serving().post(ROUTE, {"instances": [{"hour": 5, "note": "x" * 5_000_000}]})
    assert (large.status, large.json["errors"][0]["expected"]) == (413, "at most 5,000,000 bytes")


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ({"instances": [{"hour": SECRET}]}, 422),
        ({"instances": [SECRET]}, 422),
        ({"instances": SECRET}, 422),
        (f'{{"instances": [{{"hour": "{SECRET}"}}', 400),
        (f'{{"instances": [{{"hour": "{SECRET}", "hour": 1}}]}}', 400),
    ],
)
def test_what_was_sent_is_never_repeated(body: Any, status: int) -> None:
    reply = serving().post(ROUTE, body)
    assert reply.status == status
    assert SECRET not in reply.text
    assert '"got"' not in reply.text


def test_nothing_serves_before_the_first_version() -> None:
    reply = Gateway(ports={"servings": Store()}).post(ROUTE, {"instances": [{"hour": 5}]})
    assert (reply.status, reply.slug) == (409, "no-champion")


def test_answers_are_counted_and_timed_by_model() -> None:
    gateway = serving()
    gateway.post(ROUTE, {"instances": [{"hour": 5}, {"hour": 6}]})
    assert gateway.figures == [("flights", {"Predictions": 2, "PredictionErrors": 0, "PredictionLatency": 0.0})]


def test_a_call_that_is_refused_is_no_error_of_the_models() -> None:
    gateway = serving()
    gateway.post(ROUTE, {"instances": [{"hour": "noon"}]})
    gateway.post("/models/trains/predict", {"instances": [{"hour": 5}]})
    assert gateway.figures == []


class Silent:
    """A store that does not answer."""

    def serving(self, name: str) -> Any:
        """Fail."""
        raise Unavailable(f"the registry did not say what serves {name}")


def test_a_failure_of_ours_is_counted() -> None:
    gateway = Gateway(ports={"servings": Silent()})
    assert gateway.post(ROUTE, {"instances": [{"hour": 5}]}).status == 503
    assert gateway.figures == [("flights", {"PredictionErrors": 1})]


def test_a_promoted_version_answers_two_seconds_later() -> None:
    store = Store()
    gateway = Gateway(ports={"servings": store, "artifacts": store.objects})
    gateway.post(ROUTE, {"instances": [{"hour": 5}]})
    store.serve((store.binary(), Role.CHAMPION, 1.0))
    gateway.world.clock.pass_time(timedelta(seconds=2))
    assert gateway.post(ROUTE, {"instances": [{"hour": 5}]}).status == 200


@given(anything)
def test_whatever_a_row_holds_it_is_answered_or_refused(row: Any) -> None:
    gateway = serving()
    reply = gateway.post(ROUTE, json.dumps({"instances": [{"hour": 5}, row]}))
    assert reply.status in (200, 422)
    assert gateway.told == []


@given(st.dictionaries(st.sampled_from(["hour", "note"]), anything, max_size=2))
def test_whatever_a_cell_holds_it_is_answered_or_pointed_at(row: dict[str, Any]) -> None:
    reply = serving().post(ROUTE, {"instances": [row]})
    assert reply.status == 200 or all(error["pointer"].startswith("/instances/0/") for error in reply.json["errors"])
