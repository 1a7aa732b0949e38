"""The registry's port on DynamoDB: consistent readings, one transaction a decision, lists by index."""

import time
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any, TypeVar

from botocore.exceptions import ClientError

from shared.adapters.clients import client, code_of
from shared.adapters.dynamodb_registry import attributes, limits, reading, refused, transaction
from shared.adapters.patience import Patience, patiently
from shared.domain import record, refusal
from shared.domain.change import Answered, Audit, Change, Claim, Command, Decision, Item, Noun, Receipt, Ref
from shared.domain.head import Head, unknown_model
from shared.domain.item import recorded
from shared.domain.model import Model
from shared.domain.serving import Serving
from shared.ports.registry import MOST_REFS, Page, Query

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient

T = TypeVar("T")


class DynamoRegistry:
    """One table; every call is repeated for up to `patience_s` seconds while the table is busy, then Unavailable."""

    def __init__(self, table: str, patience_s: float = 20.0, sleep: Callable[[float], None] = time.sleep) -> None:
        self._table = table
        self._patience = Patience("the registry", "dynamodb", patience_s)
        self._sleep = sleep
        self._client: DynamoDBClient = client("dynamodb", attempts=1)

    def model(self, name: str, *refs: Ref) -> Model:
        """Head, serving record and the items named, read at one instant; raises NotFound, TooLarge, Unavailable."""
        asked = tuple(dict.fromkeys(refs))
        if len(asked) > MOST_REFS:
            raise refusal.too_many(len(asked), MOST_REFS)
        places = ("HEAD", "SERVING", *map(attributes.sort_key, asked))
        head, serving, *others = self._read(name, places)
        if not head or not serving:
            raise unknown_model(name)
        found = [(ref, item) for ref, item in zip(asked, others, strict=True) if item]
        return Model(
            attributes.head_of(head),
            record.read(Serving, serving["body"]["S"]),
            {ref: attributes.item_of(item) for ref, item in found if ref.noun is not Noun.COMMAND},
            {str(ref.id): record.read(Command, item["body"]["S"]) for ref, item in found if ref.noun is Noun.COMMAND},
        )

    def commit(self, change: Change) -> Receipt:
        """Write it whole or not; raises RevisionMoved, Conflict, KeyReused, Superseded, Unavailable, TooLarge."""
        match change:
            case Answered():
                return change.receipt
            case Decision():
                writes = transaction.of_decision(self._table, change)
                return self._write(writes, change.receipt, lambda on: refused.decision(change, on))
            case Claim():
                writes = transaction.of_claim(self._table, change.attempt)
                return self._write(writes, change.receipt, lambda on: refused.claim(change.attempt, on))
            case _:
                writes = transaction.of_fact(self._table, change)
                return self._write(writes, recorded(change.item), lambda on: refused.fact(change, on))

    def page(self, query: Query) -> Page[Item | Head]:
        """A list, newest first. What belongs to a run comes whole, read consistently; its steps oldest first."""
        if query.run:
            rows = list(reading.walk(self._ask, reading.of_run(query)))
            rows.sort(key=lambda row: row["GSI1SK"]["S"], reverse=query.noun is not Noun.STEP)
            return Page(tuple(map(attributes.item_of, rows)))
        rows, after = reading.shown(self._ask, reading.of_list(query), query.limit, query.cursor)
        shown = attributes.head_of if query.noun is Noun.MODEL else attributes.item_of
        return Page(tuple(map(shown, rows)), after)

    def audit(self, name: str, limit: int = 50, cursor: str = "") -> Page[Audit]:
        """The audit chain, newest first."""
        rows, after = reading.shown(self._ask, reading.of_prefix(name, "AUDIT#"), limit, cursor)
        return Page(tuple(record.read(Audit, row["body"]["S"]) for row in rows), after)

    def serving_at(self, name: str, at: datetime) -> Serving:
        """Which versions answered at that instant; raises NotFound before the first record."""
        until = ("at", "<=", attributes.instant(at))
        for row in reading.walk(self._ask, reading.of_prefix(name, "SERVED#", until)):
            return record.read(Serving, row["body"]["S"])
        raise refusal.before_the_first(name, at)

    def _read(self, name: str, places: Sequence[str]) -> list[attributes.Values]:
        gets: list[Any] = [{"Get": {"TableName": self._table, "Key": attributes.key(name, place)}} for place in places]
        answer: Any = self._patiently(lambda: self._client.transact_get_items(TransactItems=gets))
        return [response.get("Item", {}) for response in answer["Responses"]]

    def _write(
        self, writes: Sequence[transaction.Write], receipt: Receipt, otherwise: Callable[[refused.Failed], Receipt]
    ) -> Receipt:
        """The receipt, or what the failed conditions mean."""
        items: list[Any] = [write.request for write in limits.within(writes)]
        token = transaction.token(writes)
        try:
            self._patiently(lambda: self._client.transact_write_items(TransactItems=items, ClientRequestToken=token))
        except ClientError as error:
            if code_of(error) != "TransactionCanceledException":
                raise
            return otherwise({**refused.failed(error, writes), **self._unseen(error, writes[0])})
        return receipt

    def _unseen(self, error: ClientError, first: transaction.Write) -> refused.Failed:
        """What answers an order that came before, read where the store was too busy to look at it; else nothing."""
        if not refused.unseen(error):
            return {}
        item = first.request["Put"]["Item"]
        asked: Any = {"TableName": self._table, "Key": {name: item[name] for name in ("PK", "SK")}}
        found: Any = self._patiently(lambda: self._client.get_item(**asked, ConsistentRead=True))
        return {first.about: found["Item"]} if "Item" in found else {}

    def _ask(self, request: Mapping[str, Any]) -> Mapping[str, Any]:
        return self._patiently(lambda: self._client.query(TableName=self._table, **request))

    def _patiently(self, call: Callable[[], T]) -> T:
        return patiently(call, self._patience, self._sleep)
