"""Change: what a noun decided, for the registry to commit whole or not at all; and the receipt it gives back."""

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from shared.domain.approval import Approval
from shared.domain.attempt import Attempt
from shared.domain.check import Check
from shared.domain.dataset import Dataset
from shared.domain.errors import KeyReused, Problem
from shared.domain.finding import Finding
from shared.domain.head import Head
from shared.domain.order import Order
from shared.domain.reason import NO_REASON, Reason
from shared.domain.run import Run, Step
from shared.domain.serving import Serving
from shared.domain.spec.applied import AppliedSpec
from shared.domain.upload import Upload
from shared.domain.version import Version

Item = AppliedSpec | Version | Dataset | Run | Step | Approval | Upload | Finding | Check
"""What has a place of its own beside the head and the serving record."""


class Noun(StrEnum):
    """The nouns that things are kept under and listed by."""

    MODEL = "model"
    SPEC = "spec"
    VERSION = "version"
    DATASET = "dataset"
    RUN = "run"
    STEP = "step"
    APPROVAL = "approval"
    UPLOAD = "upload"
    FINDING = "finding"
    CHECK = "check"
    COMMAND = "command"
    FENCE = "fence"


@dataclass(frozen=True, slots=True)
class Ref:
    """An item of a model, by noun and id (versions and specs count from 1)."""

    noun: Noun
    id: str | int


@dataclass(frozen=True, slots=True)
class Move:
    """An item that goes from one state to another; from "" it is new."""

    noun: Noun
    id: str | int
    was: str
    now: str
    reason: Reason = NO_REASON


@dataclass(frozen=True, slots=True)
class Receipt:
    """The record of a decision, which is also its answer; a repeated command is given the first one."""

    id: str
    action: str
    model: str
    by: str
    reason: str
    at: datetime
    revision: int
    version: int | None = None
    run: str | None = None
    was: str | None = None
    now: str | None = None
    replayed: bool = False


def receipt(action: str, order: Order, head: Head, move: Move) -> Receipt:
    """The receipt of a decision that leads to this head; it tells of the first move."""
    version = int(move.id) if move.noun is Noun.VERSION else None
    run = str(move.id) if move.noun is Noun.RUN else order.run or None
    return Receipt(
        order.id, action, head.model, order.by, order.reason, head.at, head.revision, version, run,
        move.was or None, move.now,
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Decision:
    """A change of state by somebody: head, moves and items in one transaction, with its audit record.

    `head` is as it will be, one revision on; the commit holds only if the registry is at the one before. Each move
    holds only if its item is in the state that the move names (from "" = absent). `items` are written whole; a move
    without an item changes the state alone, so that a version's content is never written twice. `attempt` is the try of
    a step that decides, None for anybody else; it holds only if no newer try has begun.
    """

    order: Order
    receipt: Receipt
    head: Head
    moves: tuple[Move, ...]
    items: tuple[Item, ...] = ()
    serving: Serving | None = None
    attempt: Attempt | None = None

    @property
    def command(self) -> "Command":
        """What the registry remembers of the order."""
        return Command(self.head.model, self.order.id, self.order.body, self.receipt)


@dataclass(frozen=True, slots=True)
class Fact:
    """Something that happened, put once. `fence` names the run that must still be running, "" for none.

    `attempt` is the try of a step that tells of it, None for anybody else; it holds only if no newer try has begun.
    """

    item: Item
    fence: str = ""
    attempt: Attempt | None = None


@dataclass(frozen=True, slots=True)
class Claim:
    """A try of a step begins: from now on no older one writes. It holds while no newer one has begun.

    The run may have ended: a try whose reply was lost, after it had ended its run, is still answered.
    """

    attempt: Attempt

    @property
    def receipt(self) -> Receipt:
        """That it is claimed, which is no decision: it has no revision."""
        of = self.attempt
        return Receipt(of.fence, "claim", of.model, "treadle", "", of.entered, 0, run=of.run)


@dataclass(frozen=True, slots=True)
class Answered:
    """An order that was answered before: committing it gives the first receipt again."""

    receipt: Receipt


Change = Decision | Fact | Claim | Answered


@dataclass(frozen=True, slots=True)
class Command:
    """The memory of an order: the hash of its body and its first answer, for ever."""

    model: str
    id: str
    body: str
    receipt: Receipt

    def answer(self, order: Order) -> Receipt:
        """The first answer again; raises KeyReused for another body."""
        if self.body != order.body:
            raise KeyReused(
                "this Idempotency-Key came before with another body",
                Problem("/Idempotency-Key", "one key goes with one body", fix="use a new key for a new command"),
            )
        return replace(self.receipt, replayed=True)


@dataclass(frozen=True, slots=True)
class Audit:
    """One link of a model's audit chain: the receipt, and every move that it made."""

    receipt: Receipt
    moves: tuple[Move, ...]
