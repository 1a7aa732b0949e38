"""Approval in a cloud that runs: who decides, once, until when, and how a machine hears of it that was never told."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from shared.domain import hold
from shared.domain.approval import Approver
from shared.domain.change import Noun, Ref
from shared.domain.order import Order
from tests.e2e.gate import MODEL, Gate, gate, now, until
from tests.proofs.cloud import reached

SOON = "1s"
"""Nobody decides in so short a time; the machine waits a little longer."""

LEADS = frozenset({"ml-leads"})


@pytest.fixture(scope="module")
def asked(settings: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Gate]:
    """Ada's first upload has become version 1, whose run waits for one of the leads."""
    with reached(settings, tmp_path_factory.mktemp("faults")) as cloud, gate(cloud) as opened:
        opened.applies(within="1h")
        opened.waits(opened.uploads())
        yield opened


def waiting(at: Gate) -> str:
    """The run that waits: the first one, or another that Ada asks for."""
    running = at.sees(f"/models/{MODEL}")["running"]
    run = str(running["run"]) if running else begun(at)
    at.waits(run)
    return run


def begun(at: Gate) -> str:
    """A run about a version that has left, which is the shortest one, or about a new one."""
    listed = at.sees(f"/models/{MODEL}/versions")["items"]
    left = [each["version"] for each in listed if each["stage"] in ("draining", "retired", "rejected")]
    if not left:
        return at.begins("ada")
    until(lambda: at.stage(left[0]) != "draining", "it has drained")
    return at.begins("ada", f"versions/{left[0]}/restore")


def test_a_lead_who_did_not_start_the_run_lets_its_version_serve_and_nobody_decides_again(asked: Gate) -> None:
    run = waiting(asked)
    version = asked.run(run)["approval"]["version"]
    [need] = [each for each in asked.sees("/needs")["items"] if each["model"] == MODEL]
    assert (need["kind"], need["run"], need["command"]) == ("approve", run, f"treadle approve {MODEL} {run}")

    refused = asked.decides("ada", "approve", run)
    assert (refused.status_code, "ada started run" in refused.json()["detail"]) == (403, True)
    assert asked.run(run)["status"] == "waiting"

    assert asked.decides("lin", "approve", run).json()["to"] == "running"
    second = asked.decides("kim", "reject", run)
    assert (second.status_code, f"{run} was approved by lin at 20" in second.json()["detail"]) == (409, True)
    assert asked.ends(run) == ("succeeded", "promoted")
    assert asked.stage(version) == "champion"


def test_a_version_that_was_rejected_never_serves_and_restored_is_asked_for_again(asked: Gate) -> None:
    run = waiting(asked)
    version = asked.run(run)["approval"]["version"]
    assert asked.decides("lin", "reject", run).json()["to"] == "rejected"
    assert (asked.ends(run), asked.stage(version)) == (("rejected", "not_approved"), "rejected")
    assert asked.decides("kim", "approve", run).status_code == 409

    again = asked.begins("lin", f"versions/{version}/restore")
    shown = asked.waits(again)["approval"]
    assert (shown["version"], shown["started_by"]) == (version, ["lin"])
    assert asked.decides("lin", "approve", again).status_code == 403
    assert asked.decides("ada", "approve", again).status_code == 200
    assert (asked.ends(again), asked.stage(version)) == (("succeeded", "promoted"), "champion")


def test_a_machine_that_never_heard_of_the_decision_hears_of_it_from_the_sweep(asked: Gate) -> None:
    run = waiting(asked)
    registry, order = asked.cloud.registry, Order("cmd_lost", "lin", "it is better")
    model = registry.model(MODEL, Ref(Noun.RUN, run), Ref(Noun.APPROVAL, run))
    long_ago = now() - timedelta(minutes=3)  # younger decisions are left to who decided them
    registry.commit(hold.approve(model, order, run, Approver("lin", LEADS), long_ago))
    assert asked.run(run)["status"] == "running"
    asked.cloud.invoke("sweep", {})
    assert asked.ends(run) == ("succeeded", "promoted")


def test_a_run_on_which_nobody_decides_ends_so_and_its_version_is_rejected(asked: Gate) -> None:
    asked.applies(within=SOON)
    run = begun(asked)
    assert asked.ends(run) == ("rejected", "approval_expired")
    shown = asked.run(run)
    assert (shown["approval"]["status"], shown["approval"]["by"]) == ("expired", None)
    assert asked.stage(shown["approval"]["version"]) == "rejected"
    asked.applies(within="1h")


def test_a_run_that_is_cancelled_while_it_waits_holds_no_machine(asked: Gate) -> None:
    run = waiting(asked)
    assert run in asked.machines()
    cancelled = asked.asks("kim", "POST", f"/models/{MODEL}/runs/{run}/cancel", {"reason": "not today"})
    assert (cancelled.status_code, asked.ends(run)) == (200, ("cancelled", "cancelled"))
    assert asked.decides("lin", "approve", run).status_code == 409
    until(lambda: run not in asked.machines(), "its machine has stopped")


def test_no_answer_and_no_line_of_a_log_holds_a_token(asked: Gate) -> None:
    kept = asked.tokens()
    lines = until(asked.log_lines, "something is logged")
    assert kept
    assert [text for token in kept for text in (*asked.said, *lines) if token in text] == []
