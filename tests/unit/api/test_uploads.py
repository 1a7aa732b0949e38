"""Uploads by URL: who may put what where, and what a repeat is answered."""

from datetime import timedelta

import pytest

from tests.unit.api.gateway import SPEC, Gateway

UPLOADS = "/models/flights/uploads"
FILE = {"kind": "dataset", "filename": "january.csv", "bytes": 5, "sha256": "ab" * 32}


def begun() -> Gateway:
    """A model that has its spec."""
    gateway = Gateway()
    gateway.put("/models/flights/spec", SPEC)
    return gateway


def test_an_upload_is_told_where_to_put_it_with_what_is_signed() -> None:
    gateway = begun()
    reply = gateway.post(UPLOADS, FILE)
    assert (reply.status, reply.json["method"], reply.json["expires_at"]) == (201, "PUT", "2013-04-01T12:15:00Z")
    assert reply.json["file"] == f"flights/datasets/{reply.json['id']}/january.csv"
    assert reply.json["headers"]["if-none-match"] == "*"
    known = gateway.get(reply.headers["location"]).json
    assert (known["status"], known["by"], known["received_at"], known["run"]) == ("expected", "ada", None, None)


def test_a_file_that_came_is_the_upload_that_was_expected() -> None:
    gateway = begun()
    told = gateway.post(UPLOADS, FILE).json
    receipt = gateway.world.told_of(told["file"])
    known = gateway.get(f"{UPLOADS}/{told['id']}").json
    assert (known["status"], known["run"], known["bytes"]) == ("received", receipt.run, 1024)
    assert [each["id"] for each in gateway.get(f"{UPLOADS}?status=expected").json["items"]] == []
    assert gateway.get(f"/models/flights/runs/{receipt.run}").json["cause"]["detail"] == "january.csv was uploaded"


def test_a_key_sent_again_after_the_url_expired_gets_the_same_upload_with_a_fresh_one() -> None:
    gateway = begun()
    first = gateway.post(UPLOADS, FILE, idempotency_key="k1")
    gateway.world.clock.pass_time(timedelta(hours=2))
    again = gateway.post(UPLOADS, FILE, idempotency_key="k1")
    assert (again.status, again.json["id"]) == (201, first.json["id"])
    assert (first.headers.get("idempotent-replayed"), again.headers["idempotent-replayed"]) == (None, "true")
    assert again.json["expires_at"] == "2013-04-01T14:15:00Z"


def test_a_key_with_another_file_is_refused() -> None:
    gateway = begun()
    gateway.post(UPLOADS, FILE, idempotency_key="k1")
    reply = gateway.post(UPLOADS, FILE | {"filename": "february.csv"}, idempotency_key="k1")
    assert (reply.status, reply.slug) == (422, "key-reused")


def test_a_key_of_another_command_is_refused() -> None:
    gateway = begun()
    gateway.put("/models/flights/spec", SPEC + "about: late?\n", idempotency_key="k1")
    assert gateway.post(UPLOADS, FILE, idempotency_key="k1").slug == "key-reused"


@pytest.mark.parametrize("kind", ["batch", "onnx"])
def test_a_kind_that_is_not_taken_yet_says_so(kind: str) -> None:
    reply = begun().post(UPLOADS, FILE | {"kind": kind})
    assert (reply.status, reply.slug) == (422, "request-refused")
    assert reply.json["detail"] == f"uploads of kind {kind} are not taken yet"


@pytest.mark.parametrize(
    "wrong",
    [
        {"filename": "a/b.csv"},
        {"filename": "a\\b.csv"},
        {"filename": "a\n.csv"},
        {"filename": ""},
        {"filename": "a" * 201 + ".csv"},
        {"filename": "january.xlsx"},
        {"bytes": -1},
        {"bytes": "5"},
        {"sha256": "AB" * 32},
        {"sha256": "ab"},
        {"kind": "picture"},
        {"more": 1},
    ],
)
def test_a_file_that_is_not_described_as_it_should_be_is_refused(wrong: dict[str, object]) -> None:
    gateway = begun()
    reply = gateway.post(UPLOADS, FILE | wrong)
    assert (reply.status, reply.slug) == (422, "request-refused")
    assert reply.json["errors"][0]["pointer"] == f"/{next(iter(wrong))}"
    assert gateway.get(UPLOADS).json["items"] == []


def test_a_file_over_the_limit_is_refused_with_the_limit() -> None:
    reply = begun().post(UPLOADS, FILE | {"bytes": 5_000_000_001})
    assert (reply.status, reply.slug) == (413, "too-large")
    assert reply.json["errors"][0]["expected"] == "at most 5,000,000,000 bytes"


def test_a_name_in_any_script_is_a_name() -> None:
    reply = begun().post(UPLOADS, FILE | {"filename": "März 2013 – neu.csv"})
    assert reply.status == 201
    assert reply.json["file"].endswith("/März 2013 – neu.csv")


def test_nothing_is_expected_on_a_state_that_has_moved() -> None:
    gateway = begun()
    reply = gateway.post(UPLOADS, FILE, if_match='"7"')
    assert (reply.status, reply.slug) == (412, "revision-moved")
    assert gateway.post(UPLOADS, FILE, if_match=gateway.get("/models/flights").headers["etag"]).status == 201


def test_nothing_is_expected_for_a_model_that_is_not_there() -> None:
    assert Gateway().post(UPLOADS, FILE).slug == "not-found"
