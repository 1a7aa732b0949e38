"""Runs: one turn of the wheel each."""

from collections.abc import Sequence
from datetime import datetime
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from shared.api.views import approvals, progress
from shared.api.views.approvals import AskedView
from shared.api.views.verdicts import VerdictView
from shared.api.views.view import View
from shared.domain.approval import Approval
from shared.domain.dataset import Reject
from shared.domain.head import Head
from shared.domain.reason import Reason
from shared.domain.run import BeginAt, Run, RunStatus, Step

Why = Annotated[str, Field(min_length=1, max_length=500, pattern=r"\S", description="Why; it is kept with the audit.")]


class Reasoned(BaseModel):
    """A command's body: the reason."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)
    reason: Why


class RunAsked(BaseModel):
    """Run again: on the newest data version, with today's spec."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)
    reason: Why
    dataset: str = Field("", description="The data version to learn from; without it, the newest.")


class ReasonView(View):
    """A code that programs match and a sentence that people read."""

    code: str
    detail: str


class CauseView(View):
    """What made the run (an upload, a command, a finding or a slot of the schedule), and in words where it is known."""

    kind: str
    id: str
    detail: str | None = None


class RejectView(View):
    """One bad cell of an upload; the header is line 1."""

    line: int
    column: str
    got: str
    expected: str


class StepView(View):
    """What one verb did; `refs` are the ids of what it made."""

    name: str
    done_at: datetime
    took_s: float
    outcome: str
    refs: dict[str, str]
    rejects: tuple[RejectView, ...]


class RunSummary(View):
    """A run in a list; `step` is the verb that it is at, or ended at, null while it is queued.

    `begin_at` is where it entered the wheel, and `version` the one that it is about (restored, drilled,
    reproduced) or made.
    """

    id: str
    model: str
    status: RunStatus
    step: str | None
    reason: ReasonView | None
    cause: CauseView
    by: str
    created_at: datetime
    since_at: datetime
    spec: int
    uploads: tuple[str, ...]
    dataset: str | None
    begin_at: BeginAt
    version: int | None


class RunView(View):
    """A run by itself: what each verb did, how many trials are done, and the verdict where there is one."""

    id: str
    model: str
    status: RunStatus
    step: str | None
    reason: ReasonView | None
    cause: CauseView
    by: str
    created_at: datetime
    since_at: datetime
    spec: int
    uploads: tuple[str, ...]
    dataset: str | None
    begin_at: BeginAt
    version: int | None
    trials: int
    steps: tuple[StepView, ...]
    verdict: VerdictView | None
    approval: AskedView | None


def summary(of: Run, steps: Sequence[Step], head: Head, cause: str = "") -> RunSummary:
    """A run in a list; the head says what a queued one waits for."""
    made = _made(steps)
    return RunSummary(
        id=of.id,
        model=of.model,
        status=of.status,
        step=progress.at(of, steps),
        reason=reason(progress.waits(of, head)),
        cause=CauseView(kind=of.cause.kind, id=of.cause.id, detail=cause or None),
        by=of.by,
        created_at=of.at,
        since_at=of.since,
        spec=of.spec,
        uploads=of.uploads,
        dataset=made.get("dataset") or of.dataset or None,
        begin_at=of.begin_at,
        version=int(made.get("version", of.version)) or None,
    )


def run(
    of: Run,
    steps: Sequence[Step],
    head: Head,
    cause: str,
    trials: int,
    verdict: VerdictView | None,
    waits: Approval | None,
) -> RunView:
    """A run by itself; `cause` is what made it, in words, `trials` how many are done."""
    return RunView(
        **dict(summary(of, steps, head, cause)),
        trials=trials,
        steps=tuple(_step(step, before) for step, before in zip(steps, (None, *steps), strict=False)),
        verdict=verdict,
        approval=approvals.asked(waits) if waits else None,
    )


def reason(of: Reason) -> ReasonView | None:
    """Why something is as it is; null for what needs no reason."""
    return ReasonView(code=of.code, detail=of.detail) if of.code or of.detail else None


def _made(steps: Sequence[Step]) -> dict[str, str]:
    """The ids of what the run made."""
    return {name: ident for step in steps for name, ident in step.refs}


def _step(of: Step, before: Step | None) -> StepView:
    """A step took the time since the one before it, trials and queues included; the first, what its function took."""
    took = (of.at - before.at).total_seconds() if before else of.seconds
    rejects = tuple(map(_reject, of.rejects))
    return StepView(
        name=of.name, done_at=of.at, took_s=round(took, 3), outcome=of.outcome, refs=dict(of.refs), rejects=rejects
    )


def _reject(of: Reject) -> RejectView:
    return RejectView(line=of.line, column=of.column, got=of.got, expected=of.expected)
