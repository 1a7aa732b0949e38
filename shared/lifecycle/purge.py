"""Purge: the bytes of a version that left are erased; its record, its manifest, its lineage and the audit stay."""

from collections.abc import Iterator
from dataclasses import dataclass

from shared.domain import places
from shared.domain.change import Noun, Receipt, Ref
from shared.domain.head import Head
from shared.domain.order import Order
from shared.domain.stage import Stage
from shared.domain.version import Version
from shared.ports.clock import Clock
from shared.ports.eraser import Eraser
from shared.ports.registry import Query, Registry, every, items


@dataclass(frozen=True, slots=True)
class Request:
    """Which version of which model."""

    model: str
    version: int
    order: Order


def run(request: Request, *, registry: Registry, eraser: Eraser, clock: Clock) -> Receipt:
    """Decide first, then erase: the same order again finishes an erasure that broke off.

    Equal bytes are one object in the whole store, so they stay while any other version has them.
    Raises NotFound, StageConflict (only what retired or was rejected), RevisionMoved, Unavailable.
    """
    order, number = request.order, request.version
    model = registry.model(request.model, Ref(Noun.VERSION, number), Ref(Noun.COMMAND, order.id))
    version = model.version(number)
    receipt = registry.commit(model.purge(order, number, clock.now()))
    if not any(other.artifact == version.artifact for other in _kept(registry)):
        eraser.erase(places.artifact(version.artifact))
    return receipt


def _kept(registry: Registry) -> Iterator[Version]:
    """Every version of every model whose bytes are still wanted, each read itself: lists of versions may lag."""
    for listed in every(registry, Query(Noun.MODEL), Head):
        head = registry.model(listed.model).head
        numbers = [Ref(Noun.VERSION, number) for number in range(1, head.next_version)]
        versions = items(registry, head.model, numbers).values()
        yield from (one for one in versions if isinstance(one, Version) and one.stage is not Stage.PURGED)
