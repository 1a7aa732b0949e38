"""Apply: a model's spec becomes its next numbered one; the same content twice is one."""

from dataclasses import dataclass

from shared.domain.change import Noun, Receipt, Ref
from shared.domain.errors import NotFound
from shared.domain.model import Model
from shared.domain.order import Order
from shared.domain.spec import Spec
from shared.domain.spec.applied import AppliedSpec
from shared.domain.spec.size import must_fit
from shared.domain.spec.stored import digest
from shared.ports.clock import Clock
from shared.ports.registry import Registry


@dataclass(frozen=True, slots=True)
class Request:
    """The resolved spec; it names its model."""

    spec: Spec
    order: Order


def run(request: Request, *, registry: Registry, clock: Clock) -> Receipt:
    """Store the spec under the next number; raises TooLarge, RevisionMoved, KeyReused."""
    must_fit(request.spec)
    now = clock.now()
    model = _known(registry, request.spec.model, Ref(Noun.COMMAND, request.order.id))
    number = model.head.spec + 1
    spec = AppliedSpec(request.spec.model, number, request.spec, digest(request.spec), now, request.order.by)
    return registry.commit(model.apply(request.order, spec))


def _known(registry: Registry, name: str, command: Ref) -> Model:
    """The model with its newest spec, or one that is new."""
    try:
        newest = registry.model(name).head.spec
        return registry.model(name, Ref(Noun.SPEC, newest), command)
    except NotFound:
        return Model.unknown(name)
