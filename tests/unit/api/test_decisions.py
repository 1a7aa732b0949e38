"""Decisions about versions: back, out, in again, gone; each with its receipt, once for a key."""

import pytest

from shared.domain import places
from shared.domain.change import Fact, Noun, Ref
from shared.domain.errors import NotFound
from shared.domain.run import BeginAt
from tests import examples
from tests.unit.api.gateway import Gateway
from tests.unit.api.models import OTHER, SHA256, registered, replaced

WHY = {"reason": "callers complain"}
FIRST, SECOND = "/models/flights/versions/1", "/models/flights/versions/2"


def test_rollback_lets_the_version_before_answer_again() -> None:
    gateway = replaced(Gateway())
    reply = gateway.post("/models/flights/rollback", WHY)
    assert (reply.status, reply.json["action"], reply.json["version"]) == (200, "rollback", 1)
    assert (reply.json["from"], reply.json["to"]) == ("draining", "champion")
    assert [gateway.get(path).json["stage"] for path in (FIRST, SECOND)] == ["champion", "draining"]
    assert [each[1] for each in gateway.drains.started] == [1, 2]


def test_rollback_without_a_version_to_go_back_to_is_refused() -> None:
    gateway = registered(Gateway())
    gateway.post(f"{FIRST}/promote", WHY)
    reply = gateway.post("/models/flights/rollback", WHY)
    assert (reply.status, reply.slug) == (409, "stage-conflict")


def test_rollback_of_a_key_is_done_once() -> None:
    gateway = replaced(Gateway())
    first, again = (gateway.post("/models/flights/rollback", WHY, idempotency_key="k1") for _ in range(2))
    assert (again.json, again.headers["idempotent-replayed"]) == (first.json, "true")
    assert gateway.get("/models/flights").json["champion"] == 1


def test_a_version_that_drains_says_since_when_and_until_when() -> None:
    gateway = replaced(Gateway())
    listed = {each["version"]: each for each in gateway.get("/models/flights/versions").json["items"]}
    assert (listed[1]["deprecated_at"], listed[1]["sunset_at"]) == ("2013-04-01T12:00:00Z", "2013-04-08T12:00:00Z")
    assert (listed[2]["deprecated_at"], listed[2]["sunset_at"]) == (None, None)
    assert (listed[1]["share"], listed[2]["share"]) == (0.0, 1.0)
    assert gateway.get(FIRST).json["retirement"] is None


def test_a_version_that_drains_is_retired_at_once_with_its_account() -> None:
    gateway = replaced(Gateway())
    reply = gateway.post(f"{FIRST}/retire", WHY)
    assert (reply.status, reply.json["from"], reply.json["to"]) == (200, "draining", "retired")
    version = gateway.get(FIRST).json
    assert (version["stage"], version["retirement"]) == ("retired", f"{FIRST}/retirement")
    account = gateway.get(version["retirement"]).json
    assert (account["by"], account["reason"], account["replacement"]["version"]) == ("ada", "callers complain", 2)
    assert account["replacement"]["reason"] == "it is better"
    assert account["difference"] == {"added": [], "removed": [], "changed": [], "output": []}
    assert any("treadle restore flights 1" in step for step in account["steps"])


def test_a_version_that_was_never_retired_has_no_account() -> None:
    reply = replaced(Gateway()).get(f"{SECOND}/retirement")
    assert (reply.status, reply.slug) == (404, "not-found")


def test_a_champion_is_never_only_retired() -> None:
    reply = replaced(Gateway()).post(f"{SECOND}/retire", WHY)
    assert (reply.status, reply.slug) == (409, "stage-conflict")


def test_a_version_that_left_is_brought_before_the_gates_by_a_run() -> None:
    gateway = replaced(Gateway())
    gateway.post(f"{FIRST}/retire", WHY)
    reply = gateway.post(f"{FIRST}/restore", WHY)
    assert (reply.status, reply.json["action"], reply.json["to"]) == (202, "restore", "running")
    run = gateway.get(reply.headers["location"]).json
    assert (run["begin_at"], run["version"], run["step"]) == ("score", 1, "score")
    assert run["cause"]["detail"] == "ada asked for it: callers complain"
    assert gateway.world.wheel.started[run["id"]].begin_at is BeginAt.SCORE
    assert gateway.get(FIRST).json["stage"] == "retired"


def test_only_a_version_that_left_is_restored() -> None:
    reply = replaced(Gateway()).post(f"{SECOND}/restore", WHY)
    assert (reply.status, reply.slug) == (409, "stage-conflict")


def test_nothing_is_restored_beside_an_open_run() -> None:
    gateway = replaced(Gateway())
    gateway.post(f"{FIRST}/retire", WHY)
    gateway.post("/models/flights/runs", WHY)
    reply = gateway.post(f"{FIRST}/restore", WHY)
    assert (reply.status, reply.slug) == (409, "run-conflict")


def test_a_drill_is_a_run_about_the_champion() -> None:
    gateway = replaced(Gateway())
    reply = gateway.post("/models/flights/drill", WHY)
    assert (reply.status, reply.json["action"]) == (202, "drill")
    run = gateway.get(reply.headers["location"]).json
    assert (run["begin_at"], run["version"], run["step"]) == ("drill", 2, "drill")


def test_a_drill_needs_a_champion() -> None:
    reply = registered(Gateway()).post("/models/flights/drill", WHY)
    assert (reply.status, reply.slug) == (409, "no-champion")


def test_a_version_is_made_once_more_by_a_run_that_begins_at_train() -> None:
    gateway = replaced(Gateway())
    reply = gateway.post(f"{FIRST}/reproduce", WHY)
    assert (reply.status, reply.json["action"], reply.json["to"]) == (202, "reproduce", "running")
    run = gateway.get(reply.headers["location"]).json
    assert (run["begin_at"], run["version"], run["step"]) == ("train", 1, "train")
    assert run["dataset"] == gateway.get(FIRST).json["dataset"]
    assert gateway.get(FIRST).json["stage"] == "draining"


def test_a_version_that_was_made_once_more_is_compared_next() -> None:
    gateway = replaced(Gateway())
    run = gateway.post(f"{FIRST}/reproduce", WHY).json["run"]
    gateway.world.registry.commit(Fact(examples.step(run, "train"), fence=run))
    assert gateway.get(f"/models/flights/runs/{run}").json["step"] == "compare"


def test_a_version_whose_bytes_were_erased_is_not_made_again() -> None:
    gateway = replaced(Gateway())
    gateway.post(f"{FIRST}/retire", WHY)
    gateway.call("DELETE", FIRST, '{"reason": "somebody asked"}', {"content-type": "application/json"})
    reply = gateway.post(f"{FIRST}/reproduce", WHY)
    assert (reply.status, reply.slug) == (409, "stage-conflict")
    assert "erased" in reply.json["errors"][0]["detail"]


def test_a_purge_erases_the_artifact_and_keeps_the_record() -> None:
    gateway = replaced(Gateway())
    gateway.post(f"{FIRST}/retire", WHY)
    reply = gateway.call("DELETE", FIRST, '{"reason": "somebody asked"}', {"content-type": "application/json"})
    assert (reply.status, reply.json["from"], reply.json["to"]) == (200, "retired", "purged")
    with pytest.raises(NotFound):
        gateway.artifacts.read(places.artifact(SHA256))
    assert gateway.artifacts.read(places.artifact(OTHER)) == b"onnx 2"
    assert gateway.get(FIRST).json["stage"] == "purged"
    assert gateway.world.model(Ref(Noun.VERSION, 1)).version(1).artifact == SHA256


def test_what_answers_is_never_purged() -> None:
    gateway = replaced(Gateway())
    reply = gateway.call("DELETE", SECOND, '{"reason": "a mistake"}', {"content-type": "application/json"})
    assert (reply.status, reply.slug) == (409, "stage-conflict")
    assert gateway.artifacts.read(places.artifact(OTHER)) == b"onnx 2"


@pytest.mark.parametrize("path", ["/models/flights/rollback", "/models/flights/drill", f"{FIRST}/retire"])
def test_a_decision_without_its_reason_is_refused(path: str) -> None:
    reply = replaced(Gateway()).post(path, {"reason": "  "})
    assert (reply.status, reply.json["errors"][0]["pointer"]) == (422, "/reason")
