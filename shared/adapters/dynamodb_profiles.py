"""Profiles on DynamoDB: an item an hour, tally, caller and folded object, beside the registry's in its table.

    PROFILE#model#version   HOUR#hour#slot            counts and answers, compressed
    ARMS#model              revision#slot             the tallies of a serving record
    CALLERS#model           slot#version#caller
    FOLDED                  key of the object         expires after KEPT days, where the table has a time to live

`rev` is the slot's revision: a write that is older than what is there is not made.
"""

import hashlib
import zlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING, Any, TypeVar, cast

from botocore.exceptions import ClientError

from shared.adapters.clients import client, code_of
from shared.adapters.dynamodb_limits import checked, parts
from shared.adapters.patience import Patience, patiently
from shared.domain import record
from shared.domain.hour import HOUR, Caller, Folded, Folding, Hour, Tally, hour_name, hour_of

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient

T = TypeVar("T")
Item = Mapping[str, Any]

PATIENCE = Patience("the profiles", "dynamodb", 20.0)

OLDER = "ConditionalCheckFailed"

KEPT = timedelta(days=30)
LAST = "~"
"""Above every character of a key."""

_FAST = 1
"""zlib's level: counts are mostly zeros."""


class DynamoProfiles:
    """The registry's table, in partitions of its own."""

    def __init__(self, table: str) -> None:
        self._table = table
        self._client: DynamoDBClient = client("dynamodb", attempts=1)

    def put(self, folding: Folding) -> None:
        """Keep what the slot's state came to, but where a newer one was kept already; raises Unavailable, TooLarge."""
        items = [*map(_of_hour, folding.hours), *map(_of_tally, folding.tallies), *map(_of_caller, folding.callers)]
        fix = "name fewer columns in the spec"
        sized = [(self._newest(folding, *item), checked(item[2], f"an hour of {folding.model}", fix)) for item in items]
        for part in parts(sized):
            self._write(part)

    def hours(self, model: str, version: int, since: datetime, until: datetime) -> tuple[Hour, ...]:
        """What lies in these hours of event time, `[since, until)`, oldest first; raises Unavailable."""
        first, last = (f"HOUR#{_not_before(at)}" for at in (since, until))
        found = self._between(f"PROFILE#{model}#{version}", first, last)
        return tuple(_hour_of(version, item) for item in found)

    def tallies(self, model: str, revision: int) -> tuple[Tally, ...]:
        """What the arms of this serving record did, slot by slot; raises Unavailable."""
        first = f"{revision:08d}#"
        return tuple(_read(Tally, item) for item in self._between(f"ARMS#{model}", first, f"{first}{LAST}"))

    def callers(self, model: str, since: datetime) -> tuple[Caller, ...]:
        """Who called since, slot by slot; raises Unavailable."""
        found = (_read(Caller, item) for item in self._between(f"CALLERS#{model}", hour_name(since), LAST))
        return tuple(caller for caller in found if caller.last_at >= since)

    def fold(self, folded: Folded) -> None:
        """Remember that the object was folded; raises Unavailable."""
        newest = max(folded.arrived.values(), default=datetime.fromtimestamp(0, UTC))
        expires = {"expires": {"N": str(int((newest + KEPT).timestamp()))}} if folded.arrived else {}
        item = {**_key("FOLDED", folded.key), "body": {"B": record.written(folded)}, **expires}
        _patiently(lambda: self._client.put_item(TableName=self._table, Item=item))

    def folded(self, since: str) -> tuple[Folded, ...]:
        """The objects that were folded, in the order of their keys, from this key on; raises Unavailable."""
        found = self._between("FOLDED", since or " ", LAST)
        return tuple(record.read(Folded, item["body"]["B"]) for item in found)

    def _newest(self, folding: Folding, partition: str, sort: str, attributes: Item) -> Item:
        """One write, which holds unless the slot's newer state is there."""
        rev = {"N": str(folding.revision)}
        return {
            "Put": {
                "TableName": self._table,
                "Item": {**_key(partition.format(model=folding.model), sort), **attributes, "rev": rev},
                "ConditionExpression": "attribute_not_exists(rev) OR rev <= :rev",
                "ExpressionAttributeValues": {":rev": rev},
            }
        }

    def _write(self, writes: Sequence[Item]) -> None:
        """All that is not older than what is there, in one transaction: a tenth of the calls and of their time."""
        while writes:
            try:
                _patiently(partial(self._client.transact_write_items, TransactItems=cast("Any", writes)))
            except ClientError as refused:
                writes = _not_older(writes, refused)
            else:
                return

    def _between(self, partition: str, first: str, last: str) -> Iterator[Item]:
        """The items of a partition from one sort key to another, in order."""
        asked: Any = {
            "TableName": self._table,
            "ConsistentRead": True,
            "KeyConditionExpression": "PK = :pk AND SK BETWEEN :first AND :last",
            "ExpressionAttributeValues": {":pk": {"S": partition}, ":first": {"S": first}, ":last": {"S": last}},
        }
        while True:
            answer = _patiently(partial(self._client.query, **asked))
            yield from answer["Items"]
            if "LastEvaluatedKey" not in answer:
                return
            asked["ExclusiveStartKey"] = answer["LastEvaluatedKey"]


def _patiently(call: Callable[[], T]) -> T:
    return patiently(call, PATIENCE)


def _not_older(writes: Sequence[Item], refused: ClientError) -> Sequence[Item]:
    """The writes to try again, which are fewer: those that no newer state forbids."""
    reasons = refused.response.get("CancellationReasons", ())
    if code_of(refused) != "TransactionCanceledException" or all(reason["Code"] != OLDER for reason in reasons):
        raise refused
    return [write for write, reason in zip(writes, reasons, strict=True) if reason["Code"] != OLDER]


def _key(partition: str, sort: str) -> Mapping[str, Any]:
    return {"PK": {"S": partition}, "SK": {"S": sort}}


def _not_before(at: datetime) -> str:
    """The first hour that does not begin before this instant."""
    return hour_name(at + HOUR - timedelta(microseconds=1))


def _of_hour(hour: Hour) -> tuple[str, str, Item]:
    attributes = {
        "rows": {"N": str(hour.rows)},
        "outcomes": {"N": str(hour.outcomes)},
        "counts": {"B": zlib.compress(hour.counts, _FAST)},
        "answers": {"B": zlib.compress(hour.answers, _FAST)},
    }
    return f"PROFILE#{{model}}#{hour.version}", f"HOUR#{hour_name(hour.at)}#{hour.slot}", attributes


def _hour_of(version: int, item: Item) -> Hour:
    _, at, slot = item["SK"]["S"].split("#")
    counts, answers = (zlib.decompress(item[name]["B"]) for name in ("counts", "answers"))
    return Hour(version, hour_of(at), slot, int(item["rows"]["N"]), int(item["outcomes"]["N"]), counts, answers)


def _of_tally(tally: Tally) -> tuple[str, str, Item]:
    return "ARMS#{model}", f"{tally.revision:08d}#{tally.slot}", _body(tally)


def _of_caller(caller: Caller) -> tuple[str, str, Item]:
    """The name may be of any length and letters: its hash is the key."""
    name = hashlib.sha256(caller.name.encode()).hexdigest()[:32]
    return "CALLERS#{model}", f"{caller.slot}#{caller.version:08d}#{name}", _body(caller)


def _body(of: object) -> Item:
    return {"body": {"B": record.written(of)}}


def _read(kind: type[T], item: Item) -> T:
    return record.read(kind, item["body"]["B"])
