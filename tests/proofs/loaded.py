"""Loaded: what came before is put into a table as the adapter would have written it, in a few batches."""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from shared.adapters.dynamodb_registry import transaction
from shared.domain.change import Answered, Change, Claim, Decision
from tests.proofs.wire import Mutate, Write

Row = dict[str, Any]
Rows = dict[tuple[str, str], Row]
"""The items of a table by their keys."""

AT_ONCE = 25
"""Items that one BatchWriteItem takes."""


def load(client: Any, table: str, changes: Sequence[Change], mutate: Mutate) -> None:
    """Fill the empty table with what these changes left, each of which was carried out elsewhere."""
    rows = list(_left(table, changes, mutate).values())
    for part in (rows[at : at + AT_ONCE] for at in range(0, len(rows), AT_ONCE)):
        answer = client.batch_write_item(RequestItems={table: [{"PutRequest": {"Item": row}} for row in part]})
        assert not answer["UnprocessedItems"]


def _left(table: str, changes: Sequence[Change], mutate: Mutate) -> Rows:
    rows: Rows = {}
    for change in changes:
        writes = [write.request for write in _writes(table, change)]
        if not any(_is_there(write, rows) for write in writes):
            for write in mutate(writes):
                _carry_out(write, rows)
    return rows


def _writes(table: str, change: Change) -> Sequence[transaction.Write]:
    match change:
        case Answered():
            return ()
        case Decision():
            return transaction.of_decision(table, change)
        case Claim():
            return transaction.of_claim(table, change.attempt)
        case _:
            return transaction.of_fact(table, change)


def _is_there(write: Write, rows: Rows) -> bool:
    """What was answered again had been carried out before: the only condition that did not hold."""
    ((_, request),) = write.items()
    return request.get("ConditionExpression") == transaction.ABSENT.expression and _place(request) in rows


def _carry_out(write: Write, rows: Rows) -> None:
    ((operation, request),) = write.items()
    if operation == "Put":
        rows[_place(request)] = dict(request["Item"])
    elif operation == "Update":
        row = rows[_place(request)]
        row |= dict(_set(request))
        for name in _removed(request):
            row.pop(name, None)


def _place(request: Mapping[str, Any]) -> tuple[str, str]:
    key = request.get("Key", request.get("Item"))
    return key["PK"]["S"], key["SK"]["S"]


def _set(request: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    names, values = request["ExpressionAttributeNames"], request["ExpressionAttributeValues"]
    for name, value in re.findall(r"(#\w+) = (:\w+)", request["UpdateExpression"]):
        yield names[name], values[value]


def _removed(request: Mapping[str, Any]) -> list[str]:
    return request["UpdateExpression"].partition(" REMOVE ")[2].split(", ")  # type: ignore[no-any-return]
