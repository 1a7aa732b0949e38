"""Decided: a decision takes the model one revision on, and is stamped with who asked, when and why."""

from dataclasses import replace
from datetime import datetime

from shared.domain.change import Decision, Item, Move, receipt
from shared.domain.head import Head
from shared.domain.order import Order
from shared.domain.serving import Serving


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
