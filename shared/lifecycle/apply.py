"""Apply: a model's spec becomes its next numbered one; the same content twice is one."""

from dataclasses import dataclass

from shared.domain import record
from shared.domain.change import Noun, Receipt, Ref
from shared.domain.errors import NotFound, Problem, TooLarge
from shared.domain.model import Model
from shared.domain.order import Order
from shared.domain.spec import Spec
from shared.domain.spec.applied import AppliedSpec
from shared.domain.spec.stored import digest
from shared.ports.clock import Clock
from shared.ports.registry import Registry

MOST_BYTES = 256 * 1024
"""Of a spec with all its defaults as it is stored: some 1,700 columns, of which checks keep a figure each."""


@dataclass(frozen=True, slots=True)
class Request:
    """The resolved spec; it names its model."""

    spec: Spec
    order: Order


def run(request: Request, *, registry: Registry, clock: Clock) -> Receipt:
    """Store the spec under the next number; raises TooLarge, RevisionMoved, KeyReused."""
    _must_fit(request.spec)
    now = clock.now()
    model = _known(registry, request.spec.model, Ref(Noun.COMMAND, request.order.id))
    number = model.head.spec + 1
    spec = AppliedSpec(request.spec.model, number, request.spec, digest(request.spec), now, request.order.by)
    return registry.commit(model.apply(request.order, spec))


def _must_fit(spec: Spec) -> None:
    if (size := len(record.written(spec))) > MOST_BYTES:
        fix = "name fewer columns, or shorten its texts"
        problem = Problem("", "larger than a spec may be", f"{size:,} bytes", f"at most {MOST_BYTES:,} bytes", fix)
        raise TooLarge(f"the spec of {spec.model} has {size:,} bytes with its defaults", problem)


def _known(registry: Registry, name: str, command: Ref) -> Model:
    """The model with its newest spec, or one that is new."""
    try:
        newest = registry.model(name).head.spec
        return registry.model(name, Ref(Noun.SPEC, newest), command)
    except NotFound:
        return Model.unknown(name)
