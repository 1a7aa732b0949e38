"""Mutations: what the adapter sends with one thing taken out; the list is made of what it was seen to send."""

import json
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from shared.domain.names import digest_id
from tests.proofs.wire import Write

NOWHERE = "NOWHERE"
"""The partition of what stands in for a write that was taken out, so that each answer keeps its place."""


class Taken(StrEnum):
    """What is taken out."""

    CONDITION = "without its condition"
    WRITE = "left out"


@dataclass(frozen=True, slots=True, order=True)
class Mutant:
    """One write by its operation, its place and its condition ("" for none), and what of it is taken out."""

    operation: str
    place: str
    condition: str
    taken: Taken

    def __str__(self) -> str:
        condition = f" if {self.condition}" if self.condition else ""
        return f"{self.operation} {self.place}{condition}, {self.taken}"

    def hits(self, write: Write) -> bool:
        """Whether it is this write."""
        return (self.operation, self.place, self.condition) == _kind(write)

    def mutate(self) -> Callable[[Sequence[Write]], list[Write]]:
        """The mutation of a transaction."""

        def sent(writes: Sequence[Write]) -> list[Write]:
            return [self._one(write) if self.hits(write) else write for write in writes]

        return sent

    def _one(self, write: Write) -> Write:
        """Sent again it is the same again, as the client token promises."""
        if self.taken is Taken.CONDITION and self.operation != "ConditionCheck":
            return {self.operation: _unconditional(write[self.operation])}
        item = {"PK": {"S": NOWHERE}, "SK": {"S": digest_id("was", json.dumps(write, sort_keys=True))}}
        return {"Put": {"TableName": write[self.operation]["TableName"], "Item": item}}


def seen(transactions: Sequence[Sequence[Write]]) -> tuple[Mutant, ...]:
    """A mutant for each condition, and for each write, of all that was sent; in a fixed order."""
    kinds = {_kind(write) for writes in transactions for write in writes}
    return tuple(sorted(mutant for kind in kinds for mutant in _of(*kind)))


def _of(operation: str, place: str, condition: str) -> Iterator[Mutant]:
    if condition:
        yield Mutant(operation, place, condition, Taken.CONDITION)
    if operation != "ConditionCheck":
        yield Mutant(operation, place, condition, Taken.WRITE)


def _kind(write: Write) -> tuple[str, str, str]:
    """Operation, the first word of the sort key, condition."""
    ((operation, request),) = write.items()
    place: str = request.get("Key", request.get("Item"))["SK"]["S"]
    return operation, place.partition("#")[0], request.get("ConditionExpression", "")


def _unconditional(request: Mapping[str, Any]) -> dict[str, Any]:
    """The write alone; names and values that only the condition used would be refused."""
    kept = {name: part for name, part in request.items() if name not in ("ConditionExpression", *MAPS, ON_FAILURE)}
    used = set(re.findall(r"[#:]\w+", request.get("UpdateExpression", "")))
    for name in MAPS:
        if part := {key: value for key, value in request.get(name, {}).items() if key in used}:
            kept[name] = part
    return kept


MAPS = ("ExpressionAttributeNames", "ExpressionAttributeValues")
ON_FAILURE = "ReturnValuesOnConditionCheckFailure"
