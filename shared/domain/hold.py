"""Hold: a run waits until somebody approves of its version; the first decision wins, and time may decide, too.

The version of a run that waits is a candidate: who makes it anything else overtakes the run. The registry holds each
move to that, so that nobody reads it first.
"""

from dataclasses import replace
from datetime import datetime

from shared.domain import stage, turn
from shared.domain.approval import Approval, ApprovalStatus, Approver
from shared.domain.change import Change, Move, Noun, Ref
from shared.domain.decision import decided, once
from shared.domain.errors import Problem, RunConflict
from shared.domain.head import Head
from shared.domain.model import Model
from shared.domain.order import Order
from shared.domain.reason import Reason
from shared.domain.run import RunStatus
from shared.domain.stage import Stage, Verb


@once
def ask(model: Model, order: Order, approval: Approval) -> Change:
    """The running run waits; asked again, it waits under the newer token, and no longer than before.

    Raises RunConflict for a run that tries a version: the word is asked for before anybody is answered by it.
    """
    running = turn.open_run(model.head, order)
    if model.serving.challengers:
        said = Problem("/run", "it tries a version already", "a challenger", "a candidate", "ask before it is tried")
        raise RunConflict(f"run {approval.run} of {model.name} tries a version, so it asks for nobody's word", said)
    if running.status is RunStatus.WAITING:
        known = replace(held(model, approval.run), token=approval.token)
        still = Move(Noun.APPROVAL, known.run, ApprovalStatus.ASKED, ApprovalStatus.ASKED)
        return decided("ask", order, model.head, approval.at, still, items=(known,))
    moves = (
        Move(Noun.RUN, approval.run, RunStatus.RUNNING, RunStatus.WAITING),
        Move(Noun.APPROVAL, approval.run, "", ApprovalStatus.ASKED),
    )
    return decided("ask", order, _stands(model.head, RunStatus.WAITING), approval.at, *moves, items=(approval,))


@once
def approve(model: Model, order: Order, run: str, who: Approver, at: datetime) -> Change:
    """The waiting run goes on; raises Forbidden, RunConflict (it does not wait, is decided, or it is too late)."""
    approval = _open(model, run, who, at)
    why = Reason("approved", order.reason)
    moves = (
        Move(Noun.RUN, run, RunStatus.WAITING, RunStatus.RUNNING),
        Move(Noun.APPROVAL, run, ApprovalStatus.ASKED, ApprovalStatus.APPROVED, why),
        Move(Noun.VERSION, approval.version, Stage.CANDIDATE, Stage.CANDIDATE, why),
    )
    given = _decided(approval, ApprovalStatus.APPROVED, order, why, at)
    return decided("approve", order, _stands(model.head, RunStatus.RUNNING), at, *moves, items=(given,))


@once
def reject(model: Model, order: Order, run: str, who: Approver, at: datetime) -> Change:
    """The waiting run ends, and its version is rejected; raises Forbidden, RunConflict as `approve` does."""
    approval = _open(model, run, who, at)
    why = Reason("not_approved", f"{order.by} rejected it: {order.reason}")
    return _refused("reject", model, order, _decided(approval, ApprovalStatus.REJECTED, order, why, at))


@once
def expire(model: Model, order: Order, run: str, at: datetime) -> Change:
    """Nobody decided in time: the waiting run ends, and its version is rejected; raises RunConflict when decided."""
    approval = _waiting(model, run)
    why = Reason("approval_expired", f"nobody decided until {approval.until:%Y-%m-%d %H:%M:%SZ}")
    over = replace(approval, status=ApprovalStatus.EXPIRED, since=at, reason=why)
    return _refused("expire", model, order, over)


def held(model: Model, run: str) -> Approval:
    """The approval that the run waits for, or waited for; raises RunConflict for one that asked nobody."""
    approval = model.items.get(Ref(Noun.APPROVAL, run))
    if isinstance(approval, Approval):
        return approval
    status = model.run(run).status
    said = Problem("/run", "it asked nobody", status, RunStatus.WAITING, f"treadle runs show {model.name} {run}")
    raise RunConflict(f"run {run} of {model.name} waits for nobody's approval", said)


def _open(model: Model, run: str, who: Approver, at: datetime) -> Approval:
    held(model, run).hold(who, at)
    return _waiting(model, run)


def _waiting(model: Model, run: str) -> Approval:
    approval, running = held(model, run), model.head.running
    if running is None or running.run != run or running.status is not RunStatus.WAITING:
        fix = f"treadle runs show {model.name} {run}"
        said = Problem("/run", "it waits no longer", model.run(run).status, RunStatus.WAITING, fix)
        raise RunConflict(f"run {run} of {model.name} waits for nobody's approval", said)
    return approval


def _decided(of: Approval, status: ApprovalStatus, order: Order, why: Reason, at: datetime) -> Approval:
    return replace(of, status=status, since=at, by=order.by, reason=why)


def _refused(action: str, model: Model, order: Order, approval: Approval) -> Change:
    """The run ends as the approval did, and so does the version's candidacy."""
    head, ended = turn.end(model.head, approval.run, RunStatus.REJECTED, approval.reason)
    after = stage.after(approval.version, Stage.CANDIDATE, Verb.REJECT)
    moves = (*ended, Move(Noun.VERSION, approval.version, Stage.CANDIDATE, after, approval.reason))
    return decided(action, order, head, approval.since, *moves, items=(approval,))


def _stands(head: Head, status: RunStatus) -> Head:
    """With its running run standing so."""
    return replace(head, running=replace(head.running, status=status)) if head.running else head
