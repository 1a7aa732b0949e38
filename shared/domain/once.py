"""Once: a decision that was made is made no second time."""

from collections.abc import Callable, Mapping
from functools import wraps
from typing import Protocol, TypeVar, TypeVarTuple

from shared.domain.change import Answered, Change, Command
from shared.domain.errors import Problem, RevisionMoved
from shared.domain.head import Head
from shared.domain.order import Order


class Read(Protocol):
    """A reading of a model: its head, and the commands that it was read with."""

    @property
    def head(self) -> Head:
        """As it was."""
        ...

    @property
    def commands(self) -> Mapping[str, Command]:
        """Those of the orders that were answered before."""
        ...


M = TypeVar("M", bound=Read)
Ts = TypeVarTuple("Ts")


def once(decide: Callable[[M, Order, *Ts], Change]) -> Callable[[M, Order, *Ts], Change]:
    """Answer an order that was answered before with its first receipt; refuse one that knows an older revision."""

    @wraps(decide)
    def decided(model: M, order: Order, *given: *Ts) -> Change:
        if command := model.commands.get(order.id):
            return Answered(command.answer(order))
        if order.revision not in (None, model.head.revision):
            now = str(model.head.revision)
            raise RevisionMoved(
                f"{model.head.model} is at revision {now}",
                Problem("/If-Match", "the state has moved", got=str(order.revision), expected=now, fix="read it again"),
            )
        return decide(model, order, *given)

    return decided
