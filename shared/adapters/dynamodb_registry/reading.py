"""Reading: ranges of keys, walked page by page; a cursor is the key of the last item that was shown."""

import base64
import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from shared.adapters.dynamodb_registry import attributes
from shared.adapters.dynamodb_registry.attributes import MODELS, OPEN_RUNS, Values, instant, partition, text
from shared.domain import refusal
from shared.domain.change import Noun
from shared.ports.registry import OPEN, Query

Ask = Callable[[Mapping[str, Any]], Mapping[str, Any]]
"""One Query call: the request without its table → the answer."""

LAST = "~"
"""Above every character of a key."""


@dataclass(frozen=True, slots=True)
class Range:
    """The items of a partition between two sort keys, of the table itself (index "") or of an index, filtered."""

    partition: str
    first: str
    last: str = LAST
    index: str = ""
    filters: tuple[tuple[str, str, str], ...] = ()

    @property
    def keys(self) -> tuple[str, ...]:
        """The attributes that name a place in it."""
        return tuple(dict.fromkeys((f"{self.index}PK", f"{self.index}SK", "PK", "SK")))

    @property
    def request(self) -> dict[str, Any]:
        """The Query request, newest first; the table is read consistently, an index cannot be."""
        names = {"#pk": f"{self.index}PK", "#sk": f"{self.index}SK"} | {f"#{name}": name for name, _, _ in self.filters}
        values = {":pk": self.partition, ":first": self.first, ":last": self.last}
        values |= {f":{name}": value for name, _, value in self.filters}
        place = {"IndexName": self.index} if self.index else {"ConsistentRead": True}
        kept = " AND ".join(f"#{name} {compared} :{name}" for name, compared, _ in self.filters)
        return {
            **place,
            **({"FilterExpression": kept} if kept else {}),
            "KeyConditionExpression": "#pk = :pk AND #sk BETWEEN :first AND :last",
            "ExpressionAttributeNames": names,
            "ExpressionAttributeValues": {name: text(value) for name, value in values.items()},
            "ScanIndexForward": False,
        }


def of_prefix(model: str, prefix: str, *filters: tuple[str, str, str]) -> Range:
    """What begins so within a model's partition; the prefix ends in #, which $ follows."""
    return Range(partition(model), prefix, f"{prefix[:-1]}$", filters=filters)


def of_list(query: Query) -> Range:
    """The index range of a list: all models, all open runs, or a noun of one model (or of none: strays)."""
    filters = _in_state(query)
    first = instant(query.since) if query.since else "0"
    if query.noun is Noun.MODEL:
        return Range(MODELS, first, index="GSI1", filters=filters)
    if query.noun is Noun.RUN and not query.model:
        return Range(OPEN_RUNS, first, index="GSI2", filters=filters if query.state != OPEN else ())
    return Range(f"{partition(query.model)}#{query.noun.upper()}", first, index="GSI1", filters=filters)


def of_run(query: Query) -> Range:
    """What belongs to a run, read from the table itself."""
    noun = query.noun.upper()
    prefix = f"{noun}#{query.run}#" if query.noun is Noun.STEP else f"{noun}#"
    return of_prefix(query.model, prefix, ("run", "=", query.run), *_in_state(query))


def _in_state(query: Query) -> tuple[tuple[str, str, str], ...]:
    """What has no end yet is in the second index."""
    if query.state == OPEN:
        return (("GSI2PK", "=", OPEN_RUNS),)
    return (("state", "=", query.state),) if query.state else ()


def walk(ask: Ask, within: Range, cursor: str = "") -> Iterator[Values]:
    """Every item of the range, from after the cursor on; raises RequestRefused for a cursor of another list."""
    start = {"ExclusiveStartKey": _place(cursor, within)} if cursor else {}
    while True:
        answer = ask(within.request | start)
        yield from answer["Items"]
        if "LastEvaluatedKey" not in answer:
            return
        start = {"ExclusiveStartKey": answer["LastEvaluatedKey"]}


def shown(ask: Ask, within: Range, limit: int, cursor: str) -> tuple[list[Values], str]:
    """So many items of the range, and the cursor of the next ones ("" = none are left)."""
    items: list[Values] = []
    for item in walk(ask, within, cursor):
        if len(items) == limit:
            place = {name: items[-1][name]["S"] for name in within.keys}
            return items, base64.urlsafe_b64encode(json.dumps(place).encode()).decode()
        items.append(item)
    return items, ""


def _place(cursor: str, within: Range) -> dict[str, attributes.Value]:
    try:
        place = json.loads(base64.urlsafe_b64decode(cursor.encode()))
        names = dict(place)
    except ValueError as unread:
        raise refusal.no_cursor() from unread
    if set(names) != set(within.keys) or not all(isinstance(value, str) and value for value in names.values()):
        raise refusal.no_cursor()
    if names[f"{within.index}PK"] != within.partition:
        raise refusal.no_cursor()
    return {name: text(value) for name, value in names.items()}
