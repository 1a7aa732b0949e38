"""Decision: made once for an order, it takes the model one revision on; stamped with who asked, when and why."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime
from functools import wraps
from typing import Protocol, TypeVar, TypeVarTuple

from shared.domain import refusal
from shared.domain.change import Answered, Change, Command, Decision, Item, Move, receipt
from shared.domain.head import Head
from shared.domain.order import Order
from shared.domain.serving import Serving


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
    def answered(model: M, order: Order, *given: *Ts) -> Change:
        if command := model.commands.get(order.id):
            return Answered(command.answer(order))
        if order.revision not in (None, model.head.revision):
            raise refusal.revision_moved(model.head.model, order, model.head.revision)
        return decide(model, order, *given)

    return answered


def decided(
    action: str,
    order: Order,
    head: Head,
    at: datetime,
    *moves: Move,
    items: tuple[Item, ...] = (),
    serving: Serving | None = None,
) -> Decision:
    """The decision; `head` is as it will be but for its revision, `serving` is given where the record is replaced."""
    after = replace(head, revision=head.revision + 1, at=at)
    stamped = replace(serving, revision=after.revision, at=at) if serving else None
    return Decision(order, receipt(action, order, after, moves[0]), after, moves, items, stamped)
