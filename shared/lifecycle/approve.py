"""Approve: the run asks and waits; a person's word lets it go on, and at the end of its time nobody's ends it.

What is decided is in the registry before the machine hears of it: a crash in between is mended by sweep.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from shared.domain import hold, turn
from shared.domain.approval import Approval, ApprovalStatus, Approver
from shared.domain.change import Fact, Noun, Receipt, Ref
from shared.domain.errors import Superseded
from shared.domain.model import Model
from shared.domain.order import Order, command_id, step_order
from shared.domain.run import Run, Step
from shared.domain.upload import Upload
from shared.ports.clock import Clock
from shared.ports.registry import Registry, items
from shared.ports.tasks import Tasks, tell


@dataclass(frozen=True, slots=True)
class Asked:
    """A run whose version needs approval, and the token under which its machine waits."""

    model: str
    run: str
    spec: int
    version: int
    token: str


@dataclass(frozen=True, slots=True)
class Waits:
    """What became of the asking: asked, or decided before."""

    status: ApprovalStatus


@dataclass(frozen=True, slots=True)
class Overdue:
    """A run whose machine has waited long enough."""

    model: str
    run: str


class Outcome(StrEnum):
    """How it stood at the end of its time."""

    APPROVED = "approved"
    EXPIRED = "expired"


OUTCOMES: Mapping[ApprovalStatus, Outcome] = {
    ApprovalStatus.APPROVED: Outcome.APPROVED,
    ApprovalStatus.EXPIRED: Outcome.EXPIRED,
}
"""What the machine has an end for; whatever else was decided has ended the run before."""


@dataclass(frozen=True, slots=True)
class Settled:
    """The outcome, and its sentence."""

    outcome: Outcome
    detail: str


@dataclass(frozen=True, slots=True)
class Request:
    """Who approves of which run."""

    model: str
    run: str
    order: Order
    who: Approver


def ask(request: Asked, *, registry: Registry, tasks: Tasks, clock: Clock) -> Waits:
    """Have the run wait; asked again under a newer token, that one counts, or is answered where it is decided.

    Raises Superseded for a run that has ended.
    """
    order = Order(command_id(request.run, "ask", request.token), "treadle:approve", "its spec asks", run=request.run)
    approval = Ref(Noun.APPROVAL, request.run)
    refs = (approval, Ref(Noun.RUN, request.run), Ref(Noun.SPEC, request.spec), Ref(Noun.COMMAND, order.id))
    model = registry.model(request.model, *refs)
    known = model.items.get(approval)
    if isinstance(known, Approval) and known.status is ApprovalStatus.APPROVED:
        tasks.succeed(request.token)
        return Waits(known.status)
    turn.open_run(model.head, order)
    registry.commit(hold.ask(model, order, _approval(request, model, registry, clock.now())))
    return Waits(ApprovalStatus.ASKED)


def run(request: Request, *, registry: Registry, tasks: Tasks, clock: Clock) -> Receipt:
    """Approve in the registry, then let the machine go on.

    Raises NotFound, Forbidden (who may not), RunConflict (it waits for nobody, is decided, or it is too late).
    """
    approval = Ref(Noun.APPROVAL, request.run)
    model = registry.model(request.model, approval, Ref(Noun.RUN, request.run), Ref(Noun.COMMAND, request.order.id))
    receipt = registry.commit(hold.approve(model, request.order, request.run, request.who, clock.now()))
    said = f"{receipt.by} approved: {receipt.reason}"
    registry.commit(Fact(Step(request.model, request.run, "approve", receipt.at, 0.0, said)))
    tell(tasks, hold.held(registry.model(request.model, approval), request.run))
    return receipt


def settle(request: Overdue, *, registry: Registry, clock: Clock) -> Settled:
    """Say what was decided meanwhile, else that nobody did: the run ends. Raises Superseded for one that has ended."""
    order = step_order(request.run, "approve", "its time is over")
    refs = (Ref(Noun.APPROVAL, request.run), Ref(Noun.RUN, request.run), Ref(Noun.COMMAND, order.id))
    model = registry.model(request.model, *refs)
    if hold.held(model, request.run).status is ApprovalStatus.ASKED:
        registry.commit(hold.expire(model, order, request.run, clock.now()))
    decided = hold.held(registry.model(request.model, *refs), request.run)
    if outcome := OUTCOMES.get(decided.status):
        return Settled(outcome, decided.reason.detail)
    raise Superseded(f"run {request.run} has ended: {decided.reason.detail}")


def _approval(request: Asked, model: Model, registry: Registry, now: datetime) -> Approval:
    """Whom the run's pinned spec asks, until when, and who may not answer."""
    asks = model.spec(request.spec).spec.deploy.approval
    if asks is None:
        raise Superseded(f"spec {request.spec} of {request.model} asks for nobody's approval")
    started = tuple(dict.fromkeys(_started(model.run(request.run), registry)))
    return Approval(
        request.model, request.run, request.version, asks.by, started, now, now + asks.within, request.token,
        ApprovalStatus.ASKED, now,
    )  # fmt: skip


def _started(run: Run, registry: Registry) -> Iterator[str]:
    """Who started the run: whoever asked for it, and everybody whose upload it covers."""
    yield run.by
    uploads = items(registry, run.model, [Ref(Noun.UPLOAD, upload) for upload in run.uploads]).values()
    yield from (upload.by for upload in uploads if isinstance(upload, Upload) and upload.by)
