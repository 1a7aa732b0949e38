"""The registry's port on DynamoDB: consistent readings, one transaction a decision, lists by index."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any, TypeVar

from botocore.exceptions import ClientError

from shared.adapters.clients import client, code_of
from shared.adapters.dynamodb_registry import attributes, reading, refused, transaction
from shared.adapters.dynamodb_registry.patience import patiently
from shared.domain import record
from shared.domain.change import Answered, Audit, Change, Command, Decision, Item, Noun, Receipt, Ref
from shared.domain.errors import NotFound, Problem, TooLarge
from shared.domain.head import Head, unknown_model
from shared.domain.item import recorded
from shared.domain.model import Model
from shared.domain.serving import Serving
from shared.ports.registry import Page, Query

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient

T = TypeVar("T")

MOST_REFS = 98
"""DynamoDB's 100 items a transaction, less the head and the serving record."""


class DynamoRegistry:
    """One table; every call is repeated for up to `patience_s` seconds while the table is busy, then Unavailable."""

    def __init__(self, table: str, patience_s: float = 20.0) -> None:
        self._table = table
        self._patience_s = patience_s
        self._client: DynamoDBClient = client("dynamodb", attempts=1)

    def model(self, name: str, *refs: Ref) -> Model:
        """Head, serving record and the items named, read at one instant; raises NotFound, TooLarge, Unavailable."""
        asked = tuple(dict.fromkeys(refs))
        if len(asked) > MOST_REFS:
            raise TooLarge(f"a reading takes {MOST_REFS} items", Problem("/refs", "too many", got=str(len(asked))))
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
        """Write it whole or not at all; raises RevisionMoved, Conflict, KeyReused, Superseded, Unavailable."""
        match change:
            case Answered():
                return change.receipt
            case Decision():
                writes = transaction.of_decision(self._table, change)
                return self._write(writes, change.receipt, lambda on: refused.decision(change, on))
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
        fix = f"treadle audit {name[:40]}"
        raise NotFound(f"nothing is known of {name[:40]} at {at}", Problem("/at", "before the first", str(at), fix=fix))

    def _read(self, name: str, places: Sequence[str]) -> list[attributes.Values]:
        gets: list[Any] = [{"Get": {"TableName": self._table, "Key": attributes.key(name, place)}} for place in places]
        answer: Any = self._patiently(lambda: self._client.transact_get_items(TransactItems=gets))
        return [response.get("Item", {}) for response in answer["Responses"]]

    def _write(
        self, writes: Sequence[transaction.Write], receipt: Receipt, otherwise: Callable[[refused.Failed], Receipt]
    ) -> Receipt:
        """The receipt, or what the failed conditions mean."""
        items: list[Any] = [write.request for write in writes]
        token = transaction.token(writes)
        try:
            self._patiently(lambda: self._client.transact_write_items(TransactItems=items, ClientRequestToken=token))
        except ClientError as error:
            if code_of(error) != "TransactionCanceledException":
                raise
            return otherwise(refused.failed(error, writes))
        return receipt

    def _ask(self, request: Mapping[str, Any]) -> Mapping[str, Any]:
        return self._patiently(lambda: self._client.query(TableName=self._table, **request))

    def _patiently(self, call: Callable[[], T]) -> T:
        return patiently(call, self._patience_s)
