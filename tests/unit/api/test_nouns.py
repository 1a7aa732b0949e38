"""What is shown of each noun."""

import hashlib

from tests.unit.api.gateway import ABOUT, SPEC, Gateway
from tests.unit.api.models import SHA256, learned, registered, rejected


def test_a_model_says_what_serves_and_what_is_open() -> None:
    gateway = Gateway()
    run = learned(gateway)
    model = gateway.get("/models/flights").json
    assert (model["name"], model["task"], model["metric"], model["spec"]) == ("flights", "binary", "roc_auc", 1)
    assert (model["champion"], model["newest_version"], model["arms"], model["queued"]) == (None, None, [], None)
    assert (model["running"]["run"], model["running"]["status"]) == (run, "running")
    assert gateway.get("/models").json["items"][0]["running"] == model["running"]


def test_a_candidate_that_waits_for_a_person_is_a_need_until_it_is_promoted() -> None:
    gateway = registered(Gateway())
    (need,) = gateway.get("/needs").json["items"]
    assert (need["kind"], need["model"], need["version"]) == ("promote", "flights", 1)
    assert need["command"] == "treadle promote flights 1"
    gateway.post("/models/flights/versions/1/promote", {"reason": "go"})
    assert gateway.get("/needs").json["items"] == []


def test_an_applied_spec_is_shown_with_every_default() -> None:
    gateway = Gateway()
    gateway.put("/models/flights/spec", SPEC)
    gateway.put("/models/flights/spec", ABOUT)
    newest = gateway.get("/models/flights/spec").json
    assert (newest["number"], newest["spec"]["about"], newest["by"]) == (2, "will it be late?", "ada")
    assert newest["spec"]["train"]["search"]["method"] == "random"
    assert gateway.get("/models/flights/specs/2").json == newest
    assert [spec["number"] for spec in gateway.get("/models/flights/specs").json["items"]] == [2, 1]
    assert gateway.get("/models/flights/specs/3").slug == "not-found"


def test_a_dry_run_says_what_applying_would_do_and_does_nothing() -> None:
    gateway = Gateway()
    new = gateway.put("/models/flights/spec?dry_run=true", SPEC).json
    assert (new["number"], new["difference"]) == (1, "new")
    assert gateway.get("/models").json["items"] == []
    gateway.put("/models/flights/spec", SPEC)
    same, other = (gateway.put("/models/flights/spec?dry_run=true", text).json for text in (SPEC, ABOUT))
    assert (same["number"], same["difference"]) == (1, "none")
    assert (other["number"], other["difference"], other["spec"]["about"]) == (2, "changed", "will it be late?")
    assert gateway.get("/models/flights").json["spec"] == 1


def test_a_spec_that_breaks_the_grammar_is_refused_with_lines_and_stored_nowhere() -> None:
    gateway = Gateway()
    reply = gateway.put("/models/flights/spec", SPEC + "traim: {}\n")
    assert (reply.status, reply.slug) == (422, "spec-refused")
    assert (reply.json["errors"][0]["pointer"], reply.json["errors"][0]["line"]) == ("/traim", 7)
    assert gateway.get("/models").json["items"] == []


def test_a_spec_of_another_model_is_refused() -> None:
    reply = Gateway().put("/models/trains/spec", SPEC)
    assert (reply.slug, reply.json["errors"][0]["fix"]) == ("request-refused", "send it to /models/flights/spec")


def test_an_upload_says_which_run_and_data_version_it_went_into() -> None:
    gateway = Gateway()
    run = learned(gateway)
    (listed,) = gateway.get("/models/flights/uploads").json["items"]
    upload = gateway.get(f"/models/flights/uploads/{listed['id']}").json
    assert (upload["status"], upload["file"], upload["run"]) == ("received", "flights/datasets/january.csv", run)
    assert upload["dataset"] == run.replace("run_", "ds_")


def test_a_data_version_says_how_its_rows_are_split() -> None:
    gateway = Gateway()
    dataset = learned(gateway).replace("run_", "ds_")
    shown = gateway.get(f"/models/flights/datasets/{dataset}").json
    assert (shown["rows"], shown["train_rows"], shown["test_rows"], shown["rejected_rows"]) == (1000, 800, 200, 3)
    assert gateway.get("/models/flights/datasets").json["items"] == [shown]


def test_refused_cells_can_be_read_for_a_while() -> None:
    gateway = Gateway()
    dataset = learned(gateway).replace("run_", "ds_")
    link = gateway.get(f"/models/flights/datasets/{dataset}/rejects").json
    assert link["sha256"] == hashlib.sha256(b"line,column,got,expected\r\n").hexdigest()
    assert (link["bytes"], link["expires_at"]) == (26, "2013-04-01T12:15:00Z")
    assert f"{dataset}/rejects.csv" in link["url"]


def test_a_run_that_goes_on_is_at_the_verb_after_the_last_that_is_done() -> None:
    gateway = Gateway()
    run = gateway.get(f"/models/flights/runs/{learned(gateway)}").json
    assert (run["status"], run["step"], run["reason"], run["verdict"]) == ("running", "train", None, None)
    assert [step["name"] for step in run["steps"]] == ["data"]
    assert run["steps"][0]["took_s"] == 1.5
    (listed,) = gateway.get("/models/flights/runs").json["items"]
    assert listed["step"] == "train"


def test_a_rejected_run_says_at_which_verb_why_and_where_the_cell_is() -> None:
    gateway = Gateway()
    run = gateway.get(f"/models/flights/runs/{rejected(gateway)}").json
    assert (run["status"], run["step"], run["reason"]["code"]) == ("rejected", "data", "data_rejected")
    assert run["steps"][0]["rejects"] == [{"line": 17, "column": "hour", "got": "noon", "expected": "a whole number"}]
    (listed,) = gateway.get("/models/flights/runs").json["items"]
    assert (listed["step"], listed["reason"]) == ("data", run["reason"])


def test_a_queued_run_is_at_no_verb() -> None:
    gateway = Gateway()
    learned(gateway)
    queued = gateway.world.arrives("february.csv").run
    run = gateway.get(f"/models/flights/runs/{queued}").json
    assert (run["status"], run["step"]) == ("queued", None)


def test_a_version_says_how_it_was_made_and_what_it_takes() -> None:
    gateway = registered(Gateway())
    version = gateway.get("/models/flights/versions/1").json
    assert (version["stage"], version["family"], version["parameters"]) == (
        "candidate",
        "LogisticRegression",
        {"C": 1.5},
    )
    assert (version["sha256"], version["bytes"], version["code"]) == (SHA256, 2048, "c0de")
    assert version["signature"]["inputs"][0]["name"] == "hour"
    assert (version["signature"]["target"], version["signature"]["threshold"]) == ("late", 0.25)
    (listed,) = gateway.get("/models/flights/versions").json["items"]
    assert listed.items() <= version.items()


def test_a_verdict_is_shown_with_its_run_and_with_its_version() -> None:
    gateway = registered(Gateway())
    version = gateway.get("/models/flights/versions/1").json
    run = gateway.get(f"/models/flights/runs/{version['run']}").json
    assert (run["verdict"], run["version"]) == (version["verdict"], 1)
    verdict = run["verdict"]
    assert (verdict["decision"], verdict["metric"], verdict["test_rows"]) == ("accepted", "roc_auc", 15_583)
    assert verdict["measures"][0] == {"name": "roc_auc", "value": 0.6263, "low": 0.6165, "high": 0.6361}
    assert [gate["outcome"] for gate in verdict["gates"] if gate["rule"] == "min"] == ["passed"]
    assert verdict["compared_with_version"] is None


def test_a_version_has_its_card_and_its_artifact() -> None:
    gateway = registered(Gateway())
    card = gateway.get("/models/flights/versions/1/card")
    assert (card.headers["content-type"], card.text) == ("text/html; charset=utf-8", "<title>flights</title>")
    assert card.headers["content-security-policy"].startswith("default-src 'none'")
    link = gateway.get("/models/flights/versions/1/artifact").json
    assert (link["sha256"], link["bytes"]) == (SHA256, 2048)
    assert SHA256 in link["url"]


def test_serving_is_told_as_of_any_instant() -> None:
    gateway = registered(Gateway())
    gateway.post("/models/flights/versions/1/promote", {"reason": "go"})
    now = gateway.get("/models/flights/serving").json
    assert now["champion"] == 1
    assert now["arms"] == [{"version": 1, "role": "champion", "share": 1.0, "sha256": SHA256}]
    assert gateway.get("/models/flights/serving?at=2013-04-01T12:00:00Z").json == now
    assert gateway.get("/models/flights/serving?at=2013-03-01T12:00:00Z").slug == "not-found"
    assert gateway.get("/models/flights/serving?at=noon").slug == "request-refused"


def test_which_versions_will_answer_nobody_knows() -> None:
    gateway = registered(Gateway())
    reply = gateway.get("/models/flights/serving?at=2013-04-01T12:05:01Z")
    assert (reply.status, reply.slug, reply.json["errors"][0]["pointer"]) == (422, "request-refused", "/at")
    ahead = gateway.get("/models/flights/serving?at=2013-04-01T12:04:59Z")  # by a clock that differs from ours
    assert ahead.json == gateway.get("/models/flights/serving").json
