"""Reject: a person's word ends the run that waits for approval, and its version is rejected."""

from dataclasses import dataclass

from shared.domain import hold
from shared.domain.approval import Approver
from shared.domain.change import Noun, Receipt, Ref
from shared.domain.order import Order
from shared.ports.clock import Clock
from shared.ports.registry import Registry
from shared.ports.tasks import Tasks, tell


@dataclass(frozen=True, slots=True)
class Request:
    """Who rejects which run."""

    model: str
    run: str
    order: Order
    who: Approver


def run(request: Request, *, registry: Registry, tasks: Tasks, clock: Clock) -> Receipt:
    """Reject in the registry, then let the machine end.

    Raises NotFound, Forbidden (who may not), RunConflict (it waits for nobody, is decided, or it is too late).
    """
    approval = Ref(Noun.APPROVAL, request.run)
    model = registry.model(request.model, approval, Ref(Noun.RUN, request.run), Ref(Noun.COMMAND, request.order.id))
    receipt = registry.commit(hold.reject(model, request.order, request.run, request.who, clock.now()))
    tell(tasks, hold.held(registry.model(request.model, approval), request.run))
    return receipt
