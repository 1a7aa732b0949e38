"""Recorded: a registry in somebody's hands; what was asked, when, and what was answered is kept for the auditor."""

from dataclasses import dataclass, field
from datetime import datetime

from shared.domain.change import Audit, Change, Item, Receipt, Ref
from shared.domain.errors import Error
from shared.domain.head import Head
from shared.domain.model import Model
from shared.domain.serving import Serving
from shared.ports.registry import Page, Query, Registry
from tests.proofs.schedule import Schedule


class Silence:
    """Nobody knows: whoever asked was killed before an answer came."""


SILENCE = Silence()


@dataclass(frozen=True, slots=True)
class Reading:
    """What somebody was told of a model."""

    model: Model
    refs: tuple[Ref, ...]


@dataclass(slots=True)
class Asked:
    """One commit: who asked, from which moment of the schedule to which, and what came of it."""

    by: str
    change: Change
    began: int
    ended: int = 0
    came: Receipt | Error | Silence = SILENCE


@dataclass(slots=True)
class Record:
    """All that was read and asked in a schedule, in the order in which it began."""

    readings: list[Reading] = field(default_factory=list)
    asked: list[Asked] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Recorded:
    """The registry's port, in one actor's hands."""

    registry: Registry
    schedule: Schedule
    record: Record
    by: str

    def model(self, name: str, *refs: Ref) -> Model:
        """A reading, remembered."""
        model = self.registry.model(name, *refs)
        self.record.readings.append(Reading(model, refs))
        return model

    def commit(self, change: Change) -> Receipt:
        """A commit, remembered with what came of it."""
        asked = Asked(self.by, change, self.schedule.moment)
        self.record.asked.append(asked)
        try:
            asked.came = receipt = self.registry.commit(change)
        except Error as refused:
            asked.came = refused
            raise
        finally:
            asked.ended = self.schedule.moment
        return receipt

    def page(self, query: Query) -> Page[Item | Head]:
        """A list."""
        return self.registry.page(query)

    def audit(self, name: str, limit: int = 50, cursor: str = "") -> Page[Audit]:
        """The audit chain."""
        return self.registry.audit(name, limit, cursor)

    def serving_at(self, name: str, at: datetime) -> Serving:
        """Which versions answered at that instant."""
        return self.registry.serving_at(name, at)
