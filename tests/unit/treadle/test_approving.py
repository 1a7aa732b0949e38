"""Approve and reject, typed by people: the run that waits need not be named."""

from tests.unit.api.test_approvals import as_lead, waiting
from tests.unit.treadle.desk import Desk


def at_a_lead(desk: Desk) -> str:
    """A lead sits at the desk, and a run waits; its id."""
    gateway, path = waiting()
    desk.gateway = desk.wire.gateway = as_lead(gateway)
    return path.rpartition("/")[2]


def test_approve_finds_the_run_that_waits(desk: Desk) -> None:
    run = at_a_lead(desk)
    seen = desk.type("approve", "flights", "-m", "it is better")
    assert (seen.status, seen.out) == (0, f"flights: run {run} is running now (it was waiting)\n")
    assert seen.next == f"treadle runs watch flights {run}"


def test_reject_ends_the_run_that_is_named(desk: Desk) -> None:
    run = at_a_lead(desk)
    assert desk.type("reject", "flights", run, "-m", "no better", "-q").out == f"{run}\n"
    assert desk.type("approve", "flights", "-m", "after all").status == 1


def test_who_may_not_decide_could_not_ask(desk: Desk) -> None:
    at_a_lead(desk)
    desk.gateway.who = "ada"
    assert desk.type("approve", "flights", "-m", "mine").status == 3


def test_a_run_that_waits_is_shown_with_who_decides_until_when(desk: Desk) -> None:
    at_a_lead(desk)
    seen = desk.type("runs", "show", "flights")
    assert "ml-leads, until 2013-04-01 13:00:00Z; never ada" in seen.out
    assert seen.next.startswith("treadle approve flights run_")
