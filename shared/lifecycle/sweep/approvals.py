"""Approvals: a run that was approved goes on, also where its machine was never told."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from shared.domain.approval import Approval, ApprovalStatus
from shared.domain.change import Noun, Ref
from shared.domain.head import Head
from shared.domain.run import Step
from shared.ports.clock import Clock
from shared.ports.registry import Query, Registry, every
from shared.ports.tasks import Tasks, tell

YOUNG = timedelta(minutes=2)
"""What was decided less long ago may still be told by who decided it."""


@dataclass(frozen=True, slots=True)
class Found:
    """How many machines were told once more."""

    approvals: int


def run(*, registry: Registry, tasks: Tasks, clock: Clock) -> Found:
    """Tell every machine that waits for an approval which was given."""
    heads = every(registry, Query(Noun.MODEL), Head)
    return Found(sum(_told(head, registry, tasks, clock.now()) for head in heads))


def _told(head: Head, registry: Registry, tasks: Tasks, now: datetime) -> int:
    """Tell the machine of the model's run once more that it is approved, if it has not gone on; how many (0 or 1)."""
    if head.running is None:
        return 0
    name, run = head.model, head.running.run
    approval = registry.model(name, Ref(Noun.APPROVAL, run)).items.get(Ref(Noun.APPROVAL, run))
    if not isinstance(approval, Approval) or approval.status is not ApprovalStatus.APPROVED:
        return 0
    went_on = any(step.name.startswith("deploy") for step in every(registry, Query(Noun.STEP, name, run=run), Step))
    if went_on or now - approval.since <= YOUNG:
        return 0
    tell(tasks, approval)
    return 1
