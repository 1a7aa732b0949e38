"""Transaction: a decision or a fact as the writes of one TransactWriteItems, each with its condition."""

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from shared.adapters.dynamodb_registry import attributes
from shared.adapters.dynamodb_registry.attributes import Values, key, text
from shared.domain.attempt import Attempt
from shared.domain.change import Audit, Decision, Fact, Item, Move, Noun, Ref
from shared.domain.item import standing
from shared.domain.run import OPEN, RunStatus

Request = dict[str, Any]
"""One element of TransactItems, as botocore takes it."""


@dataclass(frozen=True, slots=True)
class Write:
    """One write, and what it is about, so that a condition that fails can be told by name."""

    about: Ref
    request: Request


@dataclass(frozen=True, slots=True)
class Condition:
    """A condition expression with its names and values."""

    expression: str
    names: Mapping[str, str] = field(default_factory=dict)
    values: Values = field(default_factory=dict)

    @property
    def request(self) -> Request:
        """The condition as part of a request; when it fails, the answer tells what is there instead."""
        maps = {"ExpressionAttributeNames": self.names, "ExpressionAttributeValues": self.values}
        given = {name: of for name, of in maps.items() if of}
        return {"ConditionExpression": self.expression, "ReturnValuesOnConditionCheckFailure": "ALL_OLD", **given}


ABSENT = Condition("attribute_not_exists(PK)")
STILL_RUNS = Condition(
    "#state IN (:running, :waiting)",
    {"#state": "state"},
    {":running": text(RunStatus.RUNNING), ":waiting": text(RunStatus.WAITING)},
)


def of_decision(table: str, decision: Decision) -> tuple[Write, ...]:
    """Command, head, moves, serving record, audit and fence; all or none."""
    receipt, model = decision.receipt, decision.head.model
    command = attributes.lasting(model, f"COMMAND#{decision.order.id}", decision.command)
    audit = attributes.lasting(model, f"AUDIT#{attributes.numbered(receipt.revision)}", Audit(receipt, decision.moves))
    return (
        Write(Ref(Noun.COMMAND, decision.order.id), _put(table, command, ABSENT)),
        Write(
            head_of(decision), _put(table, attributes.of_head(decision.head), _at_revision(decision.head.revision - 1))
        ),
        *_moves(table, decision),
        *_serving(table, decision),
        Write(head_of(decision), _put(table, audit, ABSENT)),
        *_newest(table, decision.attempt),
    )


def of_fact(table: str, fact: Fact) -> tuple[Write, ...]:
    """The item where it is absent, fenced by the run that must still be running and by the try that tells of it."""
    item = Write(standing(fact.item).ref, _put(table, attributes.of_item(fact.item), ABSENT))
    run = Ref(Noun.RUN, fact.fence)
    runs = Write(run, _check(table, key(fact.item.model, attributes.sort_key(run)), STILL_RUNS))
    return item, *((runs,) if fact.fence else ()), *_newest(table, fact.attempt)


def of_claim(table: str, attempt: Attempt) -> tuple[Write, ...]:
    """The try's name at its step's fence, where no newer one's is."""
    no_newer = _tried("attribute_not_exists(PK) OR #attempt <= :attempt", attempt)
    return (Write(fence_of(attempt), _put(table, attributes.of_claim(attempt), no_newer)),)


def fence_of(attempt: Attempt) -> Ref:
    """What stands for the newest try of a step among the writes."""
    return Ref(Noun.FENCE, attempt.fence)


def head_of(decision: Decision) -> Ref:
    """What stands for the model's revision among the writes."""
    return Ref(Noun.MODEL, decision.head.model)


def token(writes: Sequence[Write]) -> str:
    """The client token: equal writes have the same, so that a repeat after a lost reply is the same transaction."""
    said = json.dumps([write.request for write in writes], sort_keys=True)
    return hashlib.sha256(said.encode()).hexdigest()[:36]


def _at_revision(before: int) -> Condition:
    if before == 0:
        return ABSENT
    return Condition("#revision = :before", {"#revision": "revision"}, {":before": {"N": str(before)}})


def _newest(table: str, attempt: Attempt | None) -> Iterator[Write]:
    """Nothing for who is no step; else the step's fence must still name this try."""
    if attempt:
        place = key(attempt.model, attributes.sort_key(fence_of(attempt)))
        yield Write(fence_of(attempt), _check(table, place, _tried("#attempt = :attempt", attempt)))


def _tried(expression: str, attempt: Attempt) -> Condition:
    return Condition(expression, {"#attempt": "attempt"}, {":attempt": attributes.try_of(attempt)})


def _moves(table: str, decision: Decision) -> Iterator[Write]:
    whole: Mapping[Ref, Item] = {standing(item).ref: item for item in decision.items}
    for move in decision.moves:
        ref = Ref(move.noun, move.id)
        condition = Condition("#state = :was", {"#state": "state"}, {":was": text(move.was)}) if move.was else ABSENT
        if ref in whole:
            yield Write(ref, _put(table, attributes.of_item(whole[ref]), condition))
        elif move.was == move.now:
            yield Write(ref, _check(table, key(decision.head.model, attributes.sort_key(ref)), condition))
        else:
            yield Write(ref, _update(table, decision, move, condition))


def _serving(table: str, decision: Decision) -> Iterator[Write]:
    """The record that predict reads, and its link in the chain of past ones; the head's condition guards both."""
    if serving := decision.serving:
        now = attributes.lasting(serving.model, "SERVING", serving)
        yield Write(head_of(decision), {"Put": {"TableName": table, "Item": now}})
        yield Write(head_of(decision), _put(table, attributes.of_served(serving), ABSENT))


def _put(table: str, item: Values, condition: Condition) -> Request:
    return {"Put": {"TableName": table, "Item": item, **condition.request}}


def _check(table: str, place: Values, condition: Condition) -> Request:
    return {"ConditionCheck": {"TableName": table, "Key": place, **condition.request}}


def _update(table: str, decision: Decision, move: Move, condition: Condition) -> Request:
    """The overlay alone; a run that ends leaves the list of open runs."""
    stands = attributes.overlay(move.now, decision.receipt.at, move.reason)
    ends = move.noun is Noun.RUN and move.now not in OPEN
    names = {f"#{name}": name for name in stands}
    values = {f":{name}": value for name, value in stands.items()}
    sets = ", ".join(f"#{name} = :{name}" for name in stands)
    return {
        "Update": {
            "TableName": table,
            "Key": key(decision.head.model, attributes.sort_key(Ref(move.noun, move.id))),
            "UpdateExpression": f"SET {sets}" + (" REMOVE GSI2PK, GSI2SK" if ends else ""),
            **replace(condition, names={**names, **condition.names}, values={**values, **condition.values}).request,
        }
    }
