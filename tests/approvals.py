"""What becomes of a run that asks for approval: each turn is one thing that somebody does, whether it may or not."""

from datetime import timedelta

import pytest

from shared.domain import hold
from shared.domain.approval import Approval, ApprovalStatus, Approver
from shared.domain.change import Noun, Ref
from shared.domain.errors import Forbidden
from tests.examples import MODEL
from tests.witness import Witness


def _refs(run: str) -> tuple[Ref, ...]:
    return Ref(Noun.RUN, run), Ref(Noun.APPROVAL, run)


def it_asks(witness: Witness) -> None:
    """The run asks Ada for nine minutes to approve of the newest version; Eve started it."""
    run, at, newest = witness.running, witness.now(), witness.model().head.next_version - 1
    token, until = f"token {next(witness.names)}", at + timedelta(minutes=9)
    asked = Approval(MODEL, run, newest, ("ada", "eve"), ("eve",), at, until, token, ApprovalStatus.ASKED, at)
    witness.ask(lambda model, given: hold.ask(model, given, asked), *_refs(run), run=run)


def ada_approves(witness: Witness) -> None:
    """She may, while it waits and there is time."""
    run, at = witness.running, witness.now()
    witness.ask(lambda model, given: hold.approve(model, given, run, Approver("ada"), at), *_refs(run))


def ada_rejects(witness: Witness) -> None:
    """She may, while it waits and there is time."""
    run, at = witness.running, witness.now()
    witness.ask(lambda model, given: hold.reject(model, given, run, Approver("ada"), at), *_refs(run))


def eve_tries_to_approve(witness: Witness) -> None:
    """She started it, so she never may."""
    run, at = witness.running, witness.now()
    before = witness.model(*_refs(run))
    if Ref(Noun.APPROVAL, run) in before.items:
        with pytest.raises(Forbidden):
            witness.ask(lambda model, given: hold.approve(model, given, run, Approver("eve"), at), *_refs(run))
    assert witness.model(*_refs(run)) == before


def nobody_decides(witness: Witness) -> None:
    """Its time is over."""
    run, at = witness.running, witness.now()
    witness.ask(lambda model, given: hold.expire(model, given, run, at), *_refs(run))


TURNS = (it_asks, ada_approves, ada_rejects, eve_tries_to_approve, nobody_decides)
