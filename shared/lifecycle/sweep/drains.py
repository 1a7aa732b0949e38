"""Drains: a version that should have gone by now is retired at once, whatever became of who waited for it."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from shared.domain.change import Noun
from shared.domain.head import Head
from shared.ports.clock import Clock
from shared.ports.drains import Drains
from shared.ports.registry import Query, Registry, every

OVERDUE = timedelta(minutes=5)
"""How long after its sunset a version may still drain: retire is tried again for two minutes."""


@dataclass(frozen=True, slots=True)
class Found:
    """How many versions drained too long."""

    drains: int


def run(*, registry: Registry, drains: Drains, clock: Clock) -> Found:
    """Have every version retired whose sunset is long over."""
    heads = every(registry, Query(Noun.MODEL), Head)
    return Found(sum(_retired(head.model, registry, drains, clock.now()) for head in heads))


def _retired(name: str, registry: Registry, drains: Drains, now: datetime) -> int:
    arms = registry.model(name).serving.arms
    late = [(arm, arm.since) for arm in arms if arm.since and arm.sunset and now - arm.sunset > OVERDUE]
    for arm, since in late:
        drains.start(name, arm.version, since, now)
    return len(late)
