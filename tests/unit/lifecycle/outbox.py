"""A Treadle in memory whose outbox is read: what came of it for programs and for people."""

from dataclasses import dataclass, field
from datetime import timedelta

from shared.domain.change import Audit
from shared.domain.finding import Figure, Finding, Kind
from shared.domain.notice import Notice, Unreached
from shared.lifecycle import notify
from tests import examples
from tests.fakes.objects import MemoryObjects
from tests.fakes.slack import MemorySlack
from tests.unit.lifecycle.world import World

OWNER, PLATFORM = "email:a@example.com", "email:platform@example.com"


@dataclass(slots=True)
class Outbox:
    """A world, Slack, and the bucket of artifacts."""

    world: World = field(default_factory=World)
    slack: MemorySlack = field(default_factory=MemorySlack)
    artifacts: MemoryObjects = field(default_factory=MemoryObjects)
    platform_owners: tuple[str, ...] = (PLATFORM,)

    def tell(self, audit: Audit) -> tuple[Unreached, ...]:
        """One decision is told."""
        return notify.run(
            audit,
            registry=self.world.registry,
            artifacts=self.artifacts,
            notices=self.world.notices,
            slack=self.slack,
            bus=self.world.bus,
            platform_owners=self.platform_owners,
        )

    def found(self, finding: Finding) -> tuple[Unreached, ...]:
        """One finding is told."""
        return notify.found(
            finding,
            registry=self.world.registry,
            notices=self.world.notices,
            slack=self.slack,
            bus=self.world.bus,
            platform_owners=self.platform_owners,
        )

    def read(self) -> tuple[Unreached, ...]:
        """The whole audit chain is told, oldest first."""
        return tuple(one for audit in reversed(self.chain()) for one in self.tell(audit))

    def chain(self) -> tuple[Audit, ...]:
        """The audit chain, newest first."""
        return self.world.registry.audit(examples.MODEL).items

    def types(self) -> list[str]:
        """The types of the events, in the order of the bus."""
        return [event.type for event in self.world.bus.events]

    def heard(self, recipient: str) -> tuple[Notice, ...]:
        """What came to a recipient, oldest first."""
        return self.world.notices.heard(recipient)


def a_drop(version: int = 1, model: str = examples.MODEL, run: str = "") -> Finding:
    """A week in which more came true than may; the policy begins a retrain."""
    ends = examples.NOON
    moved = Figure("outcome", "positives", 0.34, 0.29, 0.22, 0.33, 0.35, 5430)
    detail = "34.0 % of the outcomes are positive, 22.0 % usually are"
    begins = ends - timedelta(days=7)
    return Finding(model, "drop_1", ends, version, Kind.DROP, begins, ends, (moved,), "retrain", detail, run)
