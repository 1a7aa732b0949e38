"""Refused: what the failed conditions of a transaction mean, in the domain's words."""

from collections.abc import Mapping, Sequence

from botocore.exceptions import ClientError

from shared.adapters.dynamodb_registry.attributes import Values
from shared.adapters.dynamodb_registry.transaction import Write, fence_of, head_of
from shared.domain import record, refusal
from shared.domain.attempt import Attempt
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


def unseen(error: ClientError) -> bool:
    """Whether the first write, which tells of an order that came before, was not looked at although a condition failed.

    It met another transaction, or no capacity: what is there may be this very order, sent by another hand.
    """
    first = error.response.get("CancellationReasons", [{"Code": "None"}])[0]
    return first["Code"] not in ("None", "ConditionalCheckFailed")


def decision(change: Decision, on: Failed) -> Receipt:
    """The first answer of an order that came before; raises LateWrite, KeyReused, RevisionMoved or StageConflict."""
    _in_time(change.attempt, on)
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
    """A fact that is there already keeps the first and succeeds; raises LateWrite, or Superseded: the run is over."""
    _in_time(change.attempt, on)
    if standing(change.item).ref in on:
        return recorded(change.item)
    raise refusal.fenced(change.fence)


def claim(attempt: Attempt, on: Failed) -> Receipt:
    """There is but one condition; raises LateWrite."""
    _in_time(attempt, on)
    raise AssertionError("a claim was cancelled, and its condition held")


def _in_time(attempt: Attempt | None, on: Failed) -> None:
    """Raise LateWrite where the step's fence names a newer try, whatever else failed: nobody waits for this one."""
    if attempt and fence_of(attempt) in on:
        raise refusal.late(attempt)
