"""Approvals: a person's word on a run that waits for it; each is answered with its receipt."""

from shared.api.answer import Answer
from shared.api.call import Call
from shared.api.orders import ordered, receipted
from shared.api.route import Nothing, Route
from shared.api.views.receipts import ReceiptView
from shared.api.views.runs import Reasoned
from shared.domain.approval import Approver
from shared.domain.errors import Conflict, Forbidden, KeyReused, NotFound, RevisionMoved, RunConflict
from shared.lifecycle import approve as approving
from shared.lifecycle import reject as rejecting
from shared.ports.clock import Clock
from shared.ports.ids import Ids
from shared.ports.registry import Registry
from shared.ports.tasks import Tasks

Asked = Call[Nothing, Reasoned]
REFUSES = (NotFound, Forbidden, RunConflict, Conflict, RevisionMoved, KeyReused)


def approve(call: Asked, *, registry: Registry, tasks: Tasks, clock: Clock, ids: Ids) -> Answer:
    """Let the run that waits go on to deploy its version."""
    order, who = ordered(call, call.body.reason, ids), Approver(call.by, call.teams)
    request = approving.Request(call.place.model, call.place.run, order, who)
    return receipted(approving.run(request, registry=registry, tasks=tasks, clock=clock))


def reject(call: Asked, *, registry: Registry, tasks: Tasks, clock: Clock, ids: Ids) -> Answer:
    """End the run that waits, and reject its version."""
    order, who = ordered(call, call.body.reason, ids), Approver(call.by, call.teams)
    request = rejecting.Request(call.place.model, call.place.run, order, who)
    return receipted(rejecting.run(request, registry=registry, tasks=tasks, clock=clock))


ROUTES = (
    Route(
        "POST",
        "/models/{model}/runs/{run}/approve",
        "approve",
        "Approve of the version that a run waits with",
        ReceiptView,
        approve,
        body=Reasoned,
        refuses=REFUSES,
    ),
    Route(
        "POST",
        "/models/{model}/runs/{run}/reject",
        "approve",
        "Reject the version that a run waits with",
        ReceiptView,
        reject,
        body=Reasoned,
        refuses=REFUSES,
    ),
)
