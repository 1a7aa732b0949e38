"""Commands: a receipt each, once for a key, and only on the state that the caller knows."""

import pytest

from shared.domain.order import command_id
from tests.unit.api.gateway import ABOUT, SPEC, ULID, Gateway
from tests.unit.api.models import registered

PUT = "/models/flights/spec"
PROMOTE = "/models/flights/versions/1/promote"
WHY = {"reason": "it is better in the evening"}


def test_a_command_is_answered_with_its_receipt() -> None:
    gateway = registered(Gateway())
    reply = gateway.post(PROMOTE, WHY)
    expected = {
        "action": "promote", "model": "flights", "version": 1, "run": None, "from": "candidate", "to": "champion",
        "by": "ada", "reason": "it is better in the evening", "at": "2013-04-01T12:00:00Z",
    }  # fmt: skip
    assert reply.status == 200
    assert expected.items() <= reply.json.items()
    assert reply.json["id"].startswith("cmd_")
    assert reply.headers["etag"] == f'"{reply.json["revision"]}"'


def test_a_receipt_is_the_audit_record() -> None:
    gateway = registered(Gateway())
    receipt = gateway.post(PROMOTE, WHY).json
    newest = gateway.get("/models/flights/audit").json["items"][0]
    moves = newest.pop("moves")
    assert newest == receipt
    assert [(move["noun"], move["id"], move["from"], move["to"]) for move in moves] == [
        ("version", 1, "candidate", "champion")
    ]


def test_a_key_sent_again_gets_the_first_answer_for_ever() -> None:
    gateway = registered(Gateway())
    first = gateway.post(PROMOTE, WHY, idempotency_key="k1")
    gateway.put(PUT, ABOUT)
    again = gateway.post(PROMOTE, WHY, idempotency_key="k1")
    assert again.json == first.json
    assert (first.headers.get("idempotent-replayed"), again.headers["idempotent-replayed"]) == (None, "true")
    assert again.json["id"] == command_id("ada", "k1")


def test_a_key_with_another_body_is_refused() -> None:
    gateway = registered(Gateway())
    gateway.post(PROMOTE, WHY, idempotency_key="k1")
    reply = gateway.post(PROMOTE, {"reason": "another"}, idempotency_key="k1")
    assert (reply.status, reply.slug) == (422, "key-reused")


def test_a_key_on_another_route_is_refused() -> None:
    gateway = registered(Gateway())
    gateway.post(PROMOTE, WHY, idempotency_key="k1")
    assert gateway.post("/models/flights/runs", WHY, idempotency_key="k1").slug == "key-reused"


def test_the_same_key_of_another_subject_is_another_key() -> None:
    assert command_id("ada", "k1") != command_id("bob", "k1")


def test_without_a_key_each_call_is_a_command_of_its_own() -> None:
    gateway = registered(Gateway())
    gateway.post(PROMOTE, WHY)
    reply = gateway.post(PROMOTE, WHY)
    assert (reply.status, reply.slug) == (409, "stage-conflict")


@pytest.mark.parametrize("key", ["", "a b", "é", "k" * 256])
def test_a_key_that_is_none_is_refused(key: str) -> None:
    reply = registered(Gateway()).post(PROMOTE, WHY, idempotency_key=key)
    assert (reply.status, reply.slug) == (400, "unreadable")


def test_a_command_on_a_state_that_has_moved_is_refused() -> None:
    gateway = registered(Gateway())
    known = gateway.get("/models/flights").headers["etag"]
    gateway.put(PUT, ABOUT)
    reply = gateway.post(PROMOTE, WHY, if_match=known)
    assert (reply.status, reply.slug) == (412, "revision-moved")
    assert reply.json["errors"][0] | {"fix": ""} == {
        "pointer": "/If-Match", "detail": "the state has moved", "got": known.strip('"'),
        "expected": gateway.get("/models/flights").headers["etag"].strip('"'), "fix": "",
    }  # fmt: skip


def test_a_command_on_the_state_that_is_known_is_done() -> None:
    gateway = registered(Gateway())
    known = gateway.get("/models/flights").headers["etag"]
    assert gateway.post(PROMOTE, WHY, if_match=known).status == 200
    assert gateway.put(PUT, SPEC, if_match="*").status == 200


@pytest.mark.parametrize("etag", ["12", 'W/"12"', '"abc"', '"1", "2"', "**"])
def test_an_etag_that_is_none_of_ours_is_refused(etag: str) -> None:
    reply = registered(Gateway()).post(PROMOTE, WHY, if_match=etag)
    assert (reply.status, reply.slug) == (400, "unreadable")


def test_a_version_that_is_not_there_cannot_be_promoted() -> None:
    assert registered(Gateway()).post("/models/flights/versions/2/promote", WHY).slug == "not-found"


def test_a_run_begins_and_says_where_it_is() -> None:
    gateway = registered(Gateway())
    reply = gateway.post("/models/flights/runs", WHY)
    assert (reply.status, reply.json["action"], reply.json["to"]) == (202, "train", "running")
    assert reply.headers["location"] == f"/models/flights/runs/{reply.json['run']}"
    why = "ada asked for it: it is better in the evening"
    cause = {"kind": "command", "id": reply.json["id"], "detail": why}
    assert gateway.get(reply.headers["location"]).json["cause"] == cause
    assert reply.json["run"] in gateway.world.wheel.started


def test_a_run_may_name_the_newest_data_version_and_no_other() -> None:
    gateway = registered(Gateway())
    newest = gateway.get("/models/flights").json["dataset"]
    other = gateway.post("/models/flights/runs", WHY | {"dataset": f"ds_{ULID}"})
    assert (other.status, other.json["errors"][0]["expected"]) == (422, newest)
    assert gateway.post("/models/flights/runs", WHY | {"dataset": newest}).status == 202


def test_a_run_is_cancelled_once() -> None:
    gateway = registered(Gateway())
    run = gateway.post("/models/flights/runs", WHY).json["run"]
    reply = gateway.post(f"/models/flights/runs/{run}/cancel", WHY)
    assert (reply.status, reply.json["from"], reply.json["to"]) == (200, "running", "cancelled")
    assert gateway.get(f"/models/flights/runs/{run}").json["reason"]["code"] == "cancelled"
    assert gateway.post(f"/models/flights/runs/{run}/cancel", WHY).slug == "run-conflict"
