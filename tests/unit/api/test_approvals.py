"""Approvals: who may decide on a run that waits, what people see of it, and that its token stays where it is."""

from dataclasses import replace
from typing import Any

import pytest

from shared.api.route import INCLUDED_IN
from shared.api.routes import ROUTES
from shared.domain.order import step_order
from shared.lifecycle import approve
from tests import examples
from tests.unit.api.gateway import Gateway
from tests.unit.api.models import SHA256

WHY = {"reason": "it is better"}
TOKEN = "AQCEAAAAKgAAAAMAAAAAAAAAAd-the-task-token"
ASKS = {"deploy": {"approval": {"by": ["ml-leads"], "within": "1h"}}}


def waiting() -> tuple[Gateway, str]:
    """Ada's run waits with version 1; its path."""
    gateway = Gateway()
    world = gateway.world
    world.applied(ASKS)
    receipt = world.model().begin(examples.order("train"), examples.cause("a"), "run_01JD0000000000000000000000",
                                  world.clock.now())  # fmt: skip
    run = str(world.registry.commit(receipt).run)
    made = replace(examples.version(run), dataset=run.replace("run_", "ds_"), artifact=SHA256)
    world.registry.commit(world.model().register(step_order(run, "register", "it passed"), made))
    asked = approve.Asked("flights", run, 1, 1, TOKEN)
    approve.ask(asked, registry=world.registry, tasks=world.tasks, clock=world.clock)
    return gateway, f"/models/flights/runs/{run}"


def as_lead(gateway: Gateway, name: str = "lin") -> Gateway:
    """A lead is signed in, as the gateway writes the groups of their token."""
    gateway.who, gateway.groups = name, "[staff ml-leads]"
    return gateway


def test_a_lead_approves_and_is_answered_with_the_receipt() -> None:
    gateway, run = waiting()
    reply = as_lead(gateway).post(f"{run}/approve", WHY)
    receipt = reply.json
    assert (reply.status, receipt["action"], receipt["from"], receipt["to"]) == (200, "approve", "waiting", "running")
    assert (receipt["by"], receipt["reason"]) == ("lin", "it is better")
    assert gateway.world.tasks.answers == {TOKEN: ("", "")}


def test_a_lead_rejects_and_the_run_says_why_it_ended() -> None:
    gateway, run = waiting()
    assert as_lead(gateway).post(f"{run}/reject", WHY).json["to"] == "rejected"
    shown = gateway.get(run).json
    said = {"code": "not_approved", "detail": "lin rejected it: it is better"}
    assert (shown["status"], shown["step"], shown["reason"]) == ("rejected", "approve", said)
    assert [each["stage"] for each in gateway.get("/models/flights/versions").json["items"]] == ["rejected"]


def test_who_started_the_run_is_forbidden_though_a_lead() -> None:
    gateway, run = waiting()
    reply = as_lead(gateway, "ada").post(f"{run}/approve", WHY)
    assert (reply.status, reply.slug) == (403, "forbidden")
    assert reply.json["detail"].startswith("ada started run")


def test_who_is_no_lead_is_forbidden() -> None:
    gateway, run = waiting()
    gateway.who, gateway.groups = "bob", "[staff]"
    reply = gateway.post(f"{run}/reject", WHY)
    assert (reply.status, reply.slug) == (403, "forbidden")
    assert reply.json["errors"][0]["expected"] == "ml-leads"


def test_the_second_decision_is_a_conflict_that_names_the_first() -> None:
    gateway, run = waiting()
    as_lead(gateway).post(f"{run}/approve", WHY)
    reply = as_lead(gateway, "kim").post(f"{run}/reject", WHY)
    assert (reply.status, reply.slug) == (409, "run-conflict")
    assert "approved by lin at" in reply.json["detail"]


def test_the_same_key_is_answered_with_the_first_receipt() -> None:
    gateway, run = waiting()
    first = as_lead(gateway).post(f"{run}/approve", WHY, idempotency_key="k1")
    again = gateway.post(f"{run}/approve", WHY, idempotency_key="k1")
    assert (again.json, again.headers["idempotent-replayed"]) == (first.json, "true")


def test_a_run_that_waits_says_for_whom_and_until_when() -> None:
    gateway, run = waiting()
    shown = gateway.get(run).json
    assert (shown["status"], shown["step"], shown["reason"]["code"]) == ("waiting", "approve", "waits_for_approval")
    asked = shown["approval"]
    assert (asked["status"], asked["may_decide"], asked["started_by"]) == ("asked", ["ml-leads"], ["ada"])
    assert (asked["until_at"], asked["by"], asked["decided_at"]) == ("2013-04-01T13:00:00Z", None, None)


def test_what_waits_for_a_person_says_how_to_settle_it() -> None:
    gateway, run = waiting()
    (need,) = gateway.get("/needs").json["items"]
    assert (need["kind"], need["version"]) == ("approve", 1)
    assert need["command"] == f"treadle approve flights {run.rpartition('/')[2]}"


@pytest.mark.parametrize("decision", ["", "approve", "reject"])
def test_nothing_that_the_api_answers_holds_the_token(decision: str) -> None:
    gateway, run = waiting()
    seen = [as_lead(gateway).post(f"{run}/{decision}", WHY).text] if decision else []
    paths = (run, "/needs", "/models/flights", "/models/flights/runs", "/models/flights/audit")
    seen += [gateway.get(path).text for path in paths]
    assert [text for text in seen if TOKEN in text] == []


RIGHTS: dict[str, str] = {
    "register": "POST /models/{model}/uploads",
    "approve": "POST /models/{model}/runs/{run}/approve",
    "promote": "POST /models/{model}/versions/{version}/promote",
    "purge": "DELETE /models/{model}/versions/{version}",
}


@pytest.mark.parametrize("right", RIGHTS)
def test_each_right_alone_does_its_verb_and_none_of_the_other_three(right: str) -> None:
    scopes = {route.key: route.scopes for route in ROUTES}
    allowed = [name for name, key in RIGHTS.items() if f"treadle/{right}" in scopes[key]]
    assert allowed == [right]


def test_who_operates_registers_and_promotes_and_neither_approves_nor_purges() -> None:
    scopes: dict[str, Any] = {route.key: route.scopes for route in ROUTES}
    assert [name for name, key in RIGHTS.items() if "treadle/operate" in scopes[key]] == ["register", "promote"]
    assert "approve" not in INCLUDED_IN
