"""The witness of a model's life: reads, decides, commits, and remembers what was answered."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime
from itertools import count

from shared.domain.attempt import Attempt
from shared.domain.change import Change, Noun, Receipt, Ref
from shared.domain.errors import Conflict, NoChampion
from shared.domain.model import Model
from shared.domain.order import Order
from shared.domain.version import Version
from shared.ports.registry import Registry
from tests.examples import MODEL, later, order
from tests.fakes.ids import CountingIds

Decide = Callable[[Model, Order], Change]
Answered = tuple[Order, Decide, tuple[Ref, ...], Receipt]


@dataclass(slots=True)
class Witness:
    """A registry, time that passes by the minute, the last command that was carried out, tries of steps, and what
    steps told.
    """

    registry: Registry
    ids: CountingIds = field(default_factory=CountingIds)
    names: "count[int]" = field(default_factory=lambda: count(1))
    minutes: "count[int]" = field(default_factory=lambda: count(1))
    last: Answered | None = None
    contents: dict[int, Version] = field(default_factory=dict)
    tries: list[Attempt] = field(default_factory=list)
    told: set[str] = field(default_factory=set)

    def model(self, *refs: Ref) -> Model:
        """What the registry says now."""
        return self.registry.model(MODEL, *refs)

    def now(self) -> datetime:
        """A minute later than the last time that somebody asked."""
        return later(next(self.minutes))

    @property
    def running(self) -> str:
        """The run that runs; "" for none."""
        return self.model().head.running.run if self.model().head.running else ""  # type: ignore[union-attr]

    def decide(self, given: Order, decide: Decide, *refs: Ref) -> None:
        """Read, decide, commit; remember what was answered."""
        before = self.model().head
        try:
            receipt = self.registry.commit(decide(self.model(*refs, Ref(Noun.COMMAND, given.id)), given))
        except (Conflict, NoChampion):
            assert self.model().head == before
            return
        self.last = (given, decide, refs, receipt)

    def ask(self, decide: Decide, *refs: Ref, run: str = "") -> None:
        """Decide under an order that nobody has given before."""
        self.decide(self.fresh(run), decide, *refs)

    def ask_about(self, number: int, decide: Callable[[Model, Order, int], Change], run: str = "") -> None:
        """Decide about this version, or the newest if there is none of this number."""
        one = min(number, self.model().head.next_version - 1)
        self.ask(lambda model, given: decide(model, given, one), Ref(Noun.VERSION, one), run=run)

    def fresh(self, run: str = "") -> Order:
        """An order that nobody has given before."""
        return order(f"order {next(self.names)}", run=run)

    def hold_contents(self) -> None:
        """What a version is has not changed since it was first seen."""
        for number in range(1, self.model().head.next_version):
            seen = self.model(Ref(Noun.VERSION, number)).version(number)
            first = self.contents.setdefault(number, seen)
            assert replace(seen, stage=first.stage, since=first.since, reason=first.reason) == first
