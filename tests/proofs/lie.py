"""Lie: a reading of a model that is told otherwise than it is, for who forgets to look."""

from dataclasses import dataclass, field, replace

from shared.domain.change import Item, Noun, Ref
from shared.domain.head import Head
from shared.domain.item import moved, standing
from shared.domain.model import Model
from shared.domain.order import Order
from shared.domain.reason import NO_REASON
from shared.domain.run import OPEN, Run, RunStatus
from tests.examples import MODEL
from tests.proofs.hand import Hand

SPECS = 9
"""More than are applied in a schedule."""


class Unfit(Exception):
    """There is nothing to be careless about yet."""


@dataclass(frozen=True, slots=True)
class Lie:
    """A whole reading of the model, and an order that is new."""

    hand: Hand
    model: Model
    order: Order
    why: dict[str, Exception] = field(default_factory=dict)
    """What there was nothing to forge for."""

    def one(self, noun: Noun, *states: str) -> Item:
        """An item in one of these states; raises Unfit."""
        apt = [item for ref, item in self.model.items.items() if ref.noun is noun and standing(item).state in states]
        if not apt:
            raise Unfit
        return self.hand.chance.choice(apt)

    def over(self) -> Run:
        """A run that has ended; raises Unfit."""
        item = self.one(Noun.RUN, *(status for status in RunStatus if status not in OPEN))
        assert isinstance(item, Run)
        return item

    def told(self, item: Item, state: str) -> Model:
        """The reading, with this item in another state."""
        said = moved(item, state, self.model.head.at, NO_REASON)
        return replace(self.model, items={**self.model.items, standing(item).ref: said})

    def headed(self, head: Head) -> Model:
        """The reading, with another head."""
        return replace(self.model, head=head)


def whole(hand: Hand) -> Model:
    """Everything that the chain tells of lately, in one reading."""
    links = hand.registry.audit(MODEL, 30).items
    refs = dict.fromkeys(Ref(move.noun, move.id) for link in links for move in link.moves)
    return hand.model(*(Ref(Noun.SPEC, number) for number in range(1, SPECS)), *list(refs)[: 98 - SPECS])
