"""The API's function on the events that AWS's gateway sends."""

import json

import pytest

from shared.adapters.clients import client
from shared.domain.order import step_order
from tests import examples
from tests.fakes.ids import CountingIds
from tests.history import NEXT, having_a_champion, having_applied, having_promoted, having_received, having_registered
from tests.integration.conftest import Platform, event

RUN = CountingIds().new("run")


def test_health_is_answered(platform: Platform) -> None:
    answer = platform.call("api", event("health"))
    assert (answer["statusCode"], answer["json"]) == (200, {"status": "ok"})


def test_a_spec_is_applied_and_read_back(platform: Platform) -> None:
    applied = platform.call("api", event("apply_spec"))
    assert (applied["statusCode"], applied["json"]["action"], applied["json"]["by"]) == (200, "apply", "ada")
    listed = platform.call("api", event("list_models"))
    assert [(model["name"], model["spec"]) for model in listed["json"]["items"]] == [("flights", 1)]


def test_a_version_is_promoted_once_for_a_key_and_only_on_the_known_state(platform: Platform) -> None:
    platform.call("api", event("apply_spec"))
    having_received(platform.registry, "january", RUN)
    having_registered(platform.registry, RUN)
    first = platform.call("api", event("promote"))
    assert (first["statusCode"], first["json"]["to"], first["headers"]["etag"]) == (200, "champion", '"4"')
    again = platform.call("api", event("promote"))
    assert (again["json"], again["headers"]["idempotent-replayed"]) == (first["json"], "true")
    moved = event("promote")
    moved["headers"]["idempotency-key"] = "another"
    assert platform.call("api", moved)["statusCode"] == 412


def test_a_run_by_command_starts_its_execution(platform: Platform) -> None:
    having_a_champion(platform.registry)
    path = "/models/flights/runs"
    asked = {"routeKey": "POST /models/{model}/runs", "rawPath": path, "pathParameters": {"model": "flights"}}
    refused = platform.call("api", event("promote", **asked) | {"headers": {"content-type": "application/json"}})
    assert refused["json"]["errors"][0]["fix"] == "treadle upload flights FILE"
    having_received(platform.registry, "february", RUN, 5)
    model = platform.registry.model("flights")
    platform.registry.commit(model.accept(step_order(RUN, "data", "read"), examples.dataset(RUN)))
    begun = platform.call("api", event("promote", **asked) | {"headers": {"content-type": "application/json"}})
    assert (begun["statusCode"], begun["json"]["to"]) == (202, "queued")
    cancelled = event("promote", routeKey="POST /models/{model}/runs/{run}/cancel", rawPath=f"{path}/{RUN}/cancel")
    cancelled |= {"pathParameters": {"model": "flights", "run": RUN}, "headers": {"content-type": "application/json"}}
    assert platform.call("api", cancelled)["json"]["to"] == "cancelled"
    direct = platform.call("api", event("promote", **asked) | {"headers": {"content-type": "application/json"}})
    assert (direct["statusCode"], direct["json"]["to"]) == (202, "running")
    executions = client("stepfunctions").list_executions(stateMachineArn=platform.machine)["executions"]
    assert [execution["name"] for execution in executions] == [direct["json"]["run"]]


def test_a_rollback_lets_the_version_before_answer_and_its_drain_begins(platform: Platform) -> None:
    having_a_champion(platform.registry)
    having_received(platform.registry, "february", NEXT, 5)
    having_promoted(platform.registry, having_registered(platform.registry, NEXT, 6), 7, run=NEXT)
    done = platform.call("api", event("rollback"))
    assert (done["statusCode"], done["json"]["version"], done["json"]["to"]) == (200, 1, "champion")
    (waiting,) = client("stepfunctions").list_executions(stateMachineArn=platform.drains)["executions"]
    assert waiting["name"].startswith("flights-2-")
    purged = platform.call("api", event("purge"))
    assert (purged["statusCode"], purged["json"]["type"]) == (409, "/problems/stage-conflict")


def test_a_prediction_of_no_version_has_no_lineage(platform: Platform) -> None:
    having_applied(platform.registry)
    answer = platform.call("api", event("lineage"))
    assert (answer["statusCode"], answer["json"]["errors"][0]["fix"]) == (404, "look at treadle versions list")


def test_an_unknown_route_is_a_problem(platform: Platform) -> None:
    answer = platform.call("api", event("unknown_route"))
    assert (answer["statusCode"], answer["json"]["type"]) == (404, "/problems/route-unknown")
    assert answer["headers"]["content-type"] == "application/problem+json"


def test_a_store_that_is_not_there_is_an_error_without_a_word_of_it(
    platform: Platform, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TABLE", "no-such-table")
    answer = platform.call("api", event("list_models"))
    assert (answer["statusCode"], answer["json"]["type"]) == (500, "/problems/internal")
    assert "no-such-table" not in json.dumps(answer)
