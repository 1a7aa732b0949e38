"""Fence: a registry in the hands of one attempt of a step: what it writes holds while no newer attempt has begun."""

from dataclasses import dataclass, replace
from datetime import datetime

from shared.domain.attempt import Attempt, attempt_of
from shared.domain.change import Audit, Change, Claim, Decision, Fact, Item, Receipt, Ref
from shared.domain.head import Head
from shared.domain.model import Model
from shared.domain.serving import Serving
from shared.ports.registry import Page, Query, Registry


def begun(registry: Registry, attempt: Attempt) -> Registry:
    """Claim the step for this attempt, and fence all that it writes; raises LateWrite where a newer one has begun."""
    registry.commit(Claim(attempt))
    return Fenced(registry, attempt)


def fenced(registry: Registry, told: object) -> Registry:
    """The registry in the hands of the attempt that a state tells; as it is where it tells none, as trials do.

    Raises LateWrite.
    """
    attempt = attempt_of(told)
    return begun(registry, attempt) if attempt else registry


@dataclass(frozen=True, slots=True)
class Fenced:
    """Reads as the registry does; every decision and every fact carries the attempt."""

    registry: Registry
    attempt: Attempt

    def model(self, name: str, *refs: Ref) -> Model:
        """A reading."""
        return self.registry.model(name, *refs)

    def commit(self, change: Change) -> Receipt:
        """Write it as this attempt; raises LateWrite too."""
        if isinstance(change, Decision | Fact):
            return self.registry.commit(replace(change, attempt=self.attempt))
        return self.registry.commit(change)

    def page(self, query: Query) -> Page[Item | Head]:
        """A list."""
        return self.registry.page(query)

    def audit(self, name: str, limit: int = 50, cursor: str = "") -> Page[Audit]:
        """The audit chain."""
        return self.registry.audit(name, limit, cursor)

    def serving_at(self, name: str, at: datetime) -> Serving:
        """Which versions answered at that instant."""
        return self.registry.serving_at(name, at)
