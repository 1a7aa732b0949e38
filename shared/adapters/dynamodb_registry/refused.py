"""Refused: what the failed conditions of a transaction mean, in the domain's words."""

from collections.abc import Mapping, Sequence

from botocore.exceptions import ClientError

from shared.adapters.dynamodb_registry.attributes import Values
from shared.adapters.dynamodb_registry.transaction import Write, head_of
from shared.domain import record, refusal
from shared.domain.change import Command, Decision, Fact, Noun, Receipt, Ref
from shared.domain.item import recorded, standing

Failed = Mapping[Ref, Values]
"""What a condition failed on → what is there instead (nothing where it is absent)."""


def failed(error: ClientError, writes: Sequence[Write]) -> Failed:
    """The conditions that failed, by what they are about; the first of several counts."""
    reasons = error.response.get("CancellationReasons", ())
    pairs = [(write.about, reason) for write, reason in zip(writes, reasons, strict=False)]
    return {
        about: reason.get("Item", {}) for about, reason in reversed(pairs) if reason["Code"] == "ConditionalCheckFailed"
    }


def decision(change: Decision, on: Failed) -> Receipt:
    """The first answer of an order that came before; raises KeyReused, RevisionMoved, Conflict, StageConflict."""
    order = change.order
    if kept := on.get(Ref(Noun.COMMAND, order.id)):
        command = record.read(Command, kept["body"]["S"])
        return change.receipt if command == change.command else command.answer(order)
    if head_of(change) in on:
        present = on[head_of(change)].get("revision", {"N": "0"})["N"]
        raise refusal.revision_moved(change.head.model, order, int(present))
    move = next(move for move in change.moves if Ref(move.noun, move.id) in on)
    raise refusal.state_moved(move, on[Ref(move.noun, move.id)].get("state", {"S": ""})["S"])


def fact(change: Fact, on: Failed) -> Receipt:
    """A fact that is there already keeps the first and succeeds; raises Superseded when the fence fails."""
    if standing(change.item).ref in on:
        return recorded(change.item)
    raise refusal.fenced(change.fence)
