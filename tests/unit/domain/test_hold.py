"""Hold: a run that waits for approval, who decides on it, and what its end leaves behind."""

from dataclasses import replace

import pytest

from shared.domain import hold
from shared.domain.approval import Approval, ApprovalStatus, Approver
from shared.domain.change import Answered, Noun, Receipt, Ref
from shared.domain.errors import Forbidden, RunConflict, Superseded
from shared.domain.event import events
from shared.domain.model import Model
from shared.domain.order import Order
from shared.domain.run import RunStatus
from shared.domain.stage import Stage
from tests.auditor import broken
from tests.examples import MODEL, decided, later, order
from tests.fakes.registry import MemoryRegistry
from tests.history import RUN, having_applied, having_promoted, having_received, having_registered

LIN = Approver("lin", frozenset({"ml-leads"}))
ADA, BOB = Approver("ada", frozenset({"ml-leads"})), Approver("bob")


def asked(token: str = "token", minutes: float = 3) -> Approval:
    """The run's version waits for a lead, not for Ada, who started it, for an hour."""
    at, until = later(minutes), later(63)
    return Approval(MODEL, RUN, 1, ("ml-leads",), ("ada",), at, until, token, ApprovalStatus.ASKED, at)


@pytest.fixture
def registry() -> MemoryRegistry:
    """Run 1 has registered version 1."""
    made = MemoryRegistry()
    having_applied(made)
    having_received(made, "january", RUN, 1)
    having_registered(made, RUN, 2)
    return made


def read(registry: MemoryRegistry, given: Order) -> Model:
    """What is decided from."""
    refs = (Ref(Noun.RUN, RUN), Ref(Noun.APPROVAL, RUN), Ref(Noun.VERSION, 1), Ref(Noun.COMMAND, given.id))
    return registry.model(MODEL, *refs)


def waits(registry: MemoryRegistry, token: str = "token", minutes: float = 3) -> Receipt:
    given = order(f"ask {len(token)}", run=RUN)
    return registry.commit(hold.ask(read(registry, given), given, asked(token, minutes)))


def approves(registry: MemoryRegistry, who: Approver = LIN, minutes: float = 5, name: str = "approve") -> Receipt:
    given = replace(order(name), by=who.name)
    return registry.commit(hold.approve(read(registry, given), given, RUN, who, later(minutes)))


def rejects(registry: MemoryRegistry, who: Approver = LIN, minutes: float = 5) -> Receipt:
    given = replace(order("reject"), by=who.name)
    return registry.commit(hold.reject(read(registry, given), given, RUN, who, later(minutes)))


def stands(registry: MemoryRegistry) -> tuple[str, str, str]:
    """Run, approval, version."""
    model = read(registry, order("look"))
    return model.run(RUN).status, hold.held(model, RUN).status, model.version(1).stage


def test_a_run_that_asks_waits(registry: MemoryRegistry) -> None:
    waits(registry)
    running = registry.model(MODEL).head.running
    assert stands(registry) == (RunStatus.WAITING, ApprovalStatus.ASKED, Stage.CANDIDATE)
    assert running is not None
    assert running.status is RunStatus.WAITING
    assert broken(registry, MODEL) == []


def test_asked_again_it_waits_under_the_newer_token_and_no_longer_than_before(registry: MemoryRegistry) -> None:
    waits(registry)
    waits(registry, "newest", minutes=9)
    held = hold.held(read(registry, order("look")), RUN)
    assert (held.token, held.until, held.at) == ("newest", later(63), later(3))


def test_a_run_that_is_over_asks_nobody(registry: MemoryRegistry) -> None:
    having_promoted(registry, 1, 3)
    with pytest.raises(Superseded):
        waits(registry)


def test_an_approved_run_goes_on(registry: MemoryRegistry) -> None:
    waits(registry)
    receipt = approves(registry)
    assert (receipt.action, receipt.run, receipt.was, receipt.now, receipt.by) == (
        "approve", RUN, "waiting", "running", "lin",
    )  # fmt: skip
    assert stands(registry) == (RunStatus.RUNNING, ApprovalStatus.APPROVED, Stage.CANDIDATE)
    assert broken(registry, MODEL) == []


def test_a_rejected_run_ends_and_so_does_its_version(registry: MemoryRegistry) -> None:
    waits(registry)
    rejects(registry)
    assert stands(registry) == (RunStatus.REJECTED, ApprovalStatus.REJECTED, Stage.REJECTED)
    model = read(registry, order("look"))
    assert (model.run(RUN).reason.code, model.head.running) == ("not_approved", None)
    assert hold.held(model, RUN).by == "lin"
    assert broken(registry, MODEL) == []


def test_nothing_is_deployed_while_the_run_waits(registry: MemoryRegistry) -> None:
    waits(registry)
    with pytest.raises(RunConflict, match="waits for approval"):
        having_promoted(registry, 1, 4, run=RUN)


def test_who_started_the_run_may_not_decide_though_a_lead(registry: MemoryRegistry) -> None:
    waits(registry)
    with pytest.raises(Forbidden, match="ada started run"):
        approves(registry, ADA)
    with pytest.raises(Forbidden):
        rejects(registry, ADA)


def test_who_is_not_named_may_not_decide(registry: MemoryRegistry) -> None:
    waits(registry)
    with pytest.raises(Forbidden, match="bob is not among those"):
        approves(registry, BOB)


def test_a_person_may_be_named_as_well_as_a_team(registry: MemoryRegistry) -> None:
    given = order("ask", run=RUN)
    named = replace(asked(), asks=("bob",))
    registry.commit(hold.ask(read(registry, given), given, named))
    assert approves(registry, BOB).now == "running"


def test_the_first_decision_wins_and_the_second_is_told_who_decided_what_and_when(registry: MemoryRegistry) -> None:
    waits(registry)
    approves(registry)
    with pytest.raises(RunConflict, match=r"approved by lin at 2013-04-01 12:05:00Z"):
        rejects(registry, Approver("kim", frozenset({"ml-leads"})))
    assert stands(registry)[1] is ApprovalStatus.APPROVED


def test_the_same_command_again_is_answered_with_its_first_receipt(registry: MemoryRegistry) -> None:
    waits(registry)
    first = approves(registry)
    given = replace(order("approve"), by="lin")
    again = hold.approve(read(registry, given), given, RUN, LIN, later(90))
    assert isinstance(again, Answered)
    assert again.receipt == replace(first, replayed=True)


def test_at_its_end_the_time_is_over(registry: MemoryRegistry) -> None:
    waits(registry)
    with pytest.raises(RunConflict, match="could be decided until 2013-04-01 13:03:00Z"):
        approves(registry, minutes=63)
    assert approves(registry, minutes=62.9, name="in time").now == "running"


def test_nobodys_word_ends_the_run_and_rejects_the_version(registry: MemoryRegistry) -> None:
    waits(registry)
    given = order("expire", run=RUN)
    registry.commit(hold.expire(read(registry, given), given, RUN, later(64)))
    assert stands(registry) == (RunStatus.REJECTED, ApprovalStatus.EXPIRED, Stage.REJECTED)
    assert read(registry, order("look")).run(RUN).reason.code == "approval_expired"
    with pytest.raises(RunConflict, match="was expired at"):
        approves(registry, minutes=65)


def test_a_person_who_promotes_overtakes_a_run_that_waits(registry: MemoryRegistry) -> None:
    waits(registry)
    having_promoted(registry, 1, 4)
    assert stands(registry) == (RunStatus.CANCELLED, ApprovalStatus.WITHDRAWN, Stage.CHAMPION)
    with pytest.raises(RunConflict, match="withdrawn"):
        approves(registry)
    assert broken(registry, MODEL) == []


def test_a_run_that_asked_nobody_cannot_be_decided_on(registry: MemoryRegistry) -> None:
    with pytest.raises(RunConflict, match="waits for nobody's approval"):
        approves(registry)


def test_programs_are_told_that_it_waits_and_that_it_is_approved_and_no_token(registry: MemoryRegistry) -> None:
    waits(registry, "secret-token")
    approves(registry)
    links = registry.audit(MODEL).items[:2]
    assert [event.type for link in links for event in events(link)] == ["run.approved", "run.paused"]
    assert "secret-token" not in str(registry.audit(MODEL).items)
    assert "secret-token" not in str(hold.held(read(registry, order("look")), RUN))


def test_what_asks_is_a_decision_of_its_run(registry: MemoryRegistry) -> None:
    given = order("ask", run=RUN)
    change = decided(hold.ask(read(registry, given), given, asked()))
    assert [(move.noun, move.was, move.now) for move in change.moves] == [
        (Noun.RUN, "running", "waiting"),
        (Noun.APPROVAL, "", "asked"),
    ]
