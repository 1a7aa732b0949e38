"""Hand: one of those who act at once on a model: its name, its chance, and every port that a verb may ask for."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cache
from random import Random
from typing import TypeVar

from shared.domain.change import Noun, Ref
from shared.domain.errors import Conflict, Error, Forbidden, NoChampion, NotFound, RequestRefused, RevisionMoved
from shared.domain.head import Head
from shared.domain.model import Model
from shared.domain.order import Order, command_id
from shared.domain.stage import Stage
from shared.ports.registry import Registry
from shared.wiring import ports
from tests.examples import MODEL
from tests.proofs.surroundings import Surroundings

T = TypeVar("T")
REFUSALS = (Conflict, RevisionMoved, NoChampion, NotFound, RequestRefused, Forbidden)
"""What somebody may be told who comes too late, or asks for what is not to be had."""

PEOPLE = ("ada", "ben", "cleo")
TRIES = 3
"""How often somebody sends an order again that met another."""

PORTS = cache(ports)
"""The ports that a verb names, looked up once."""


@dataclass(slots=True)
class Hand:
    """One actor; what it draws is its own, so that another's turn changes none of it."""

    name: str
    chance: Random
    registry: Registry
    around: Surroundings
    orders: int = 0
    killed: bool = False
    idle: int = 0

    def call(self, verb: Callable[..., T], *request: object) -> T:
        """A verb with the ports that it names."""
        there = {"registry": self.registry, **self.around.ports}
        return verb(*request, **{name: there[name] for name in PORTS(verb)})

    def tries(self, verb: Callable[..., object], *request: object) -> None:
        """A function runs once; what it is refused its queue or its machine deals with."""
        try:
            self.call(verb, *request)
        except REFUSALS as refused:
            self.told(refused)

    def insists(self, verb: Callable[..., object], request: Callable[[Order], object]) -> None:
        """A person sends the order until it does not meet another, and now and then once more when it is answered."""
        given = self.knowing()
        for _ in range(TRIES):
            try:
                self.call(verb, request(given))
            except REFUSALS as refused:
                self.told(refused)
                if not isinstance(refused, Conflict) or "decided at the same moment" not in _said(refused):
                    return None
            else:
                return self._once_more(verb, request(given))
        return None

    def _once_more(self, verb: Callable[..., object], request: object) -> None:
        """An answer is for ever; a complaint where it is not."""
        if self.chance.random() < 0.4:
            try:
                self.call(verb, request)
            except REFUSALS as refused:
                self.around.complaints.append(f"{self.name} was answered, sent it again, and was told: {refused}")

    def told(self, refused: Error) -> None:
        """A refusal is one that a person can read."""
        if not refused.detail:
            self.around.complaints.append(f"{self.name} was told nothing")

    def order(self, run: str = "") -> Order:
        """An order that nobody has given before."""
        self.orders += 1
        ident = command_id(self.name, str(self.orders))
        by = self.chance.choice(PEOPLE)
        return Order(ident, by, f"{self.name} wants it", "", run)

    def knowing(self) -> Order:
        """One of a caller who says which revision it knows, now and then."""
        given = self.order()
        if self.chance.random() < 0.8:
            return given
        try:
            return replace(given, revision=self.head().revision)
        except NotFound:
            return given

    def head(self) -> Head:
        """The head as it is now."""
        return self.model().head

    def model(self, *refs: Ref) -> Model:
        """The model as it is now."""
        return self.registry.model(MODEL, *refs)

    def version(self, *stages: Stage) -> int:
        """A version, rather in one of these stages; 1 where there is none yet."""
        numbers = range(1, self.head().next_version)
        if not numbers:
            return 1
        model = self.model(*(Ref(Noun.VERSION, number) for number in numbers))
        apt = [number for number in numbers if model.version(number).stage in stages]
        return self.chance.choice(apt if apt and self.chance.random() < 0.85 else numbers)

    def fenced(self, registry: Registry) -> "Hand":
        """The same hand, which writes through this."""
        return replace(self, registry=registry)

    def now(self) -> datetime:
        """An instant."""
        return self.around.clock.now()


def _said(refused: Error) -> str:
    return " ".join(problem.detail for problem in refused.problems)


Deed = Callable[[Hand], None]
