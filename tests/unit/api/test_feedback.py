"""Feedback's door: what is accepted, what is unknown or doubled, and what is refused whole."""

import json
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given
from ulid import ULID

from shared.domain.prediction import stem
from shared.domain.serving import Role
from tests.unit.api.gateway import Gateway, anything
from tests.unit.lifecycle.artifacts import Store

ROUTE = "/models/flights/feedback"


def serving() -> Gateway:
    """A gateway behind which version 1 of flights answers, pinned, and version 2 to everyone."""
    store = Store()
    store.serve((store.binary(0.04), Role.PINNED, 0.0), (store.binary(0.02), Role.CHAMPION, 1.0))
    return Gateway(ports={"servings": store, "artifacts": store.objects})


def prediction(gateway: Gateway, model: str = "flights", version: int = 2, minutes: float = 0, row: int = 0) -> str:
    """The id that a prediction of so many minutes from now would have."""
    made = ULID.from_datetime(gateway.world.clock.now() + timedelta(minutes=minutes))
    return f"{stem(model, version, Role.CHAMPION, str(made))}{row}"


def told(gateway: Gateway, *outcomes: tuple[str, object]) -> Any:
    """What feedback answers to these ids with their outcomes."""
    body = {"outcomes": [{"id": each, "actual": actual} for each, actual in outcomes]}
    reply = gateway.post(ROUTE, body)
    assert reply.status == 200
    return reply.json


def test_outcomes_are_counted_and_captured() -> None:
    gateway = serving()
    one, other = prediction(gateway), prediction(gateway, row=1)
    assert told(gateway, (one, 33), (other, None)) == {"accepted": 2, "unknown": [], "duplicate": []}
    line = json.loads(gateway.lines[0])
    assert (line["outcomes"], line["caller"]) == ("flights", "ada")
    assert line["rows"] == [{"id": one, "actual": 33}, {"id": other, "actual": None}]


def test_an_outcome_for_what_was_just_predicted_is_accepted() -> None:
    gateway = serving()
    asked = gateway.post("/models/flights/predict", {"instances": [{"hour": 5}]})
    gateway.world.clock.pass_time(timedelta(hours=1))
    assert told(gateway, (asked.json["predictions"][0]["id"], True))["accepted"] == 1


@pytest.mark.parametrize(
    "changes", [{"model": "trains"}, {"version": 3}, {"minutes": 6}, {"model": "trains", "version": 1}]
)
def test_an_id_that_cannot_have_been_given_is_unknown(changes: dict[str, Any]) -> None:
    gateway = serving()
    strange = prediction(gateway, **changes)
    assert told(gateway, (strange, 1)) == {"accepted": 0, "unknown": [strange], "duplicate": []}
    assert gateway.lines == []


def test_a_clock_may_be_five_minutes_ahead_and_an_id_may_be_old() -> None:
    gateway = serving()
    assert told(gateway, (prediction(gateway, minutes=5), 1))["accepted"] == 1
    assert told(gateway, (prediction(gateway, version=1, minutes=-100_000), 1))["accepted"] == 1


def test_a_text_that_is_no_id_is_unknown() -> None:
    assert told(serving(), ("", 1), ("prd_flights", 2), ("prd_flights", 2))["unknown"] == [
        "",
        "prd_flights",
        "prd_flights",
    ]


def test_of_an_id_that_comes_twice_the_first_outcome_counts() -> None:
    gateway = serving()
    twice = prediction(gateway)
    assert told(gateway, (twice, 33), (twice, -4)) == {"accepted": 1, "unknown": [], "duplicate": [twice]}
    assert json.loads(gateway.lines[0])["rows"] == [{"id": twice, "actual": 33}]


def test_in_another_call_the_same_id_is_accepted_again() -> None:
    gateway = serving()
    twice = prediction(gateway)
    assert [told(gateway, (twice, actual))["accepted"] for actual in (33, -4)] == [1, 1]


@pytest.mark.parametrize("actual", [0, 1, -4.5, True, False, "late", None, 10**20])
def test_an_outcome_is_a_number_a_class_a_truth_or_null(actual: object) -> None:
    gateway = serving()
    assert told(gateway, (prediction(gateway), actual))["accepted"] == 1


@pytest.mark.parametrize("actual", [[], {}, "", "x" * 1001, "a\0b", 1e39, 10**400])
def test_another_kind_of_outcome_is_pointed_at_and_never_repeated(actual: object) -> None:
    gateway = serving()
    good = {"id": prediction(gateway), "actual": 1}
    reply = gateway.post(ROUTE, {"outcomes": [good, {**good, "actual": actual}]})
    assert (reply.status, reply.slug, reply.json["errors"][0]["pointer"]) == (
        422,
        "request-refused",
        "/outcomes/1/actual",
    )
    assert "got" not in reply.json["errors"][0]
    assert gateway.lines == []


@pytest.mark.parametrize(
    ("row", "pointer"),
    [
        (7, "/outcomes/0"),
        ({"id": "prd"}, "/outcomes/0"),
        ({"id": "prd", "actual": 1, "note": ""}, "/outcomes/0"),
        ({"id": 7, "actual": 1}, "/outcomes/0/id"),
        ({"id": "p" * 101, "actual": 1}, "/outcomes/0/id"),
    ],
)
def test_a_row_of_another_form_is_pointed_at(row: object, pointer: str) -> None:
    reply = serving().post(ROUTE, {"outcomes": [row]})
    assert (reply.status, reply.json["errors"][0]["pointer"]) == (422, pointer)


@pytest.mark.parametrize(
    "body", ["[]", "{}", '{"outcomes": []}', '{"outcomes": [{}], "more": 1}', '{"outcomes": null}']
)
def test_a_body_without_a_list_of_outcomes_alone_is_refused(body: str) -> None:
    reply = serving().post(ROUTE, body)
    assert (reply.status, reply.json["errors"][0]["pointer"]) == (422, "/outcomes")


def test_too_many_outcomes_and_too_many_bytes_are_told_their_limits() -> None:
    gateway = serving()
    many = gateway.post(ROUTE, {"outcomes": [{"id": "prd", "actual": 1}] * 10_001})
    assert (many.status, many.json["errors"][0]["expected"]) == (413, "at most 10,000")
    large = gateway.post(ROUTE, {"outcomes": [{"id": "prd", "actual": "x" * 5_000_000}]})
    assert (large.status, large.json["errors"][0]["expected"]) == (413, "at most 5,000,000 bytes")


def test_ten_thousand_outcomes_are_several_lines() -> None:
    gateway = serving()
    outcomes = [(prediction(gateway, row=row), row % 2) for row in range(10_000)]
    assert told(gateway, *outcomes)["accepted"] == 10_000
    assert sum(len(json.loads(line)["rows"]) for line in gateway.lines) == 10_000
    assert max(map(len, gateway.lines)) <= 200_000


def test_a_model_that_is_not_there_is_not_found() -> None:
    assert serving().post("/models/trains/feedback", {"outcomes": [{"id": "prd", "actual": 1}]}).status == 404


@given(anything)
def test_whatever_an_outcome_holds_it_is_answered_or_refused(row: Any) -> None:
    gateway = serving()
    reply = gateway.post(ROUTE, {"outcomes": [{"id": prediction(gateway), "actual": row}]})
    assert reply.status in (200, 422)
    assert gateway.told == []
