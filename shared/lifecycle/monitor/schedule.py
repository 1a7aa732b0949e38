"""Schedule: a model that is to be trained every so often begins a run a slot of the wall clock, unasked."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from shared.domain.change import Noun, Ref
from shared.domain.check import Check
from shared.domain.model import Model
from shared.domain.order import Order, command_id
from shared.domain.run import Cause, CauseKind
from shared.domain.spec import Spec
from shared.lifecycle.monitor.policy import BY, Desk, begin, new_outcomes

_EPOCH = datetime.fromtimestamp(0, UTC)


@dataclass(frozen=True, slots=True)
class Slot:
    """A slot that was settled now, and why it started no run ("" where it did)."""

    name: str
    note: str = ""


NOTHING = Slot("")
"""No slot is due."""


def scheduled(desk: Desk, model: Model, spec: Spec, before: Check) -> Slot:
    """Begin the run of the slot that now lies in, once; while a run is open, or data came in it, it waits its turn."""
    every = spec.train.every
    if every is None:
        return NOTHING
    begun = _begin(desk.clock.now(), every)
    name = begun.isoformat()
    if name == before.slot or model.head.running or model.head.queued or _trained(desk, model) >= begun:
        return NOTHING
    order = Order(command_id(model.name, "schedule", name), BY, f"it is trained every {every}")
    fresh = new_outcomes(desk, model, spec)
    if not fresh.enough:
        return Slot(name, fresh.said)
    read = desk.registry.model(model.name, Ref(Noun.COMMAND, order.id))
    begin(desk, read, order, Cause(CauseKind.SCHEDULE, f"{model.name}/{name}"))
    return Slot(name)


def _begin(now: datetime, every: timedelta) -> datetime:
    """When the slot began that this instant lies in."""
    return _EPOCH + (now - _EPOCH) // every * every


def _trained(desk: Desk, model: Model) -> datetime:
    """When the last data version was accepted."""
    known = model.head.dataset
    return desk.registry.model(model.name, Ref(Noun.DATASET, known)).dataset(known).at if known else _EPOCH
