"""The registry's engine as it is: where it differs from DynamoDB, and what of DynamoDB it keeps that code relies on."""

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from botocore.exceptions import ClientError

from shared.adapters.clients import client

KEY = {"PK": {"S": "MODEL#a"}, "SK": {"S": "HEAD"}}
ONE_MORE = {"UpdateExpression": "ADD revision :one", "ExpressionAttributeValues": {":one": {"N": "1"}}}
KB = 1024


@pytest.fixture
def engine(table: str) -> Any:
    """A client that tries once, of the engine that the table is in."""
    return client("dynamodb", attempts=1)


def raised(table: str) -> dict[str, Any]:
    """A write that raises a number."""
    return {"Update": {"TableName": table, "Key": KEY, **ONE_MORE}}


def put(table: str, number: int, body: str = "", **condition: Any) -> dict[str, Any]:
    """A write of an item of this number."""
    item = {"PK": {"S": "MODEL#a"}, "SK": {"S": f"RUN#{number}"}, "body": {"S": body}}
    return {"Put": {"TableName": table, "Item": item, **condition}}


def revision(engine: Any, table: str) -> int:
    """The number as it is now."""
    return int(engine.get_item(TableName=table, Key=KEY, ConsistentRead=True)["Item"]["revision"]["N"])


def test_transactions_that_meet_on_an_item_never_conflict(engine: Any, table: str) -> None:
    def raises_it(_: int) -> None:
        engine.transact_write_items(TransactItems=[raised(table)])

    with ThreadPoolExecutor(8) as many:
        list(many.map(raises_it, range(80)))
    assert revision(engine, table) == 80


def test_an_index_shows_a_write_at_once(engine: Any, table: str) -> None:
    for number in range(20):
        listed = {"GSI1PK": {"S": "MODELS"}, "GSI1SK": {"S": f"{number:02}"}}
        engine.put_item(TableName=table, Item={"PK": {"S": "MODEL#a"}, "SK": {"S": f"{number}"}, **listed})
        found = engine.query(
            TableName=table,
            IndexName="GSI1",
            KeyConditionExpression="GSI1PK = :models",
            ExpressionAttributeValues={":models": {"S": "MODELS"}},
        )
        assert found["Count"] == number + 1


def test_no_rate_of_writes_is_refused(engine: Any, table: str) -> None:
    def writes(number: int) -> int:
        answer = engine.put_item(TableName=table, Item=put(table, number % 3, "x" * 9 * KB)["Put"]["Item"])
        return int(answer["ResponseMetadata"]["HTTPStatusCode"])

    with ThreadPoolExecutor(8) as many:
        assert set(many.map(writes, range(400))) == {200}


def test_a_transaction_that_is_sent_again_under_its_token_is_carried_out_once(engine: Any, table: str) -> None:
    for _ in range(3):
        engine.transact_write_items(TransactItems=[raised(table)], ClientRequestToken="once")
    assert revision(engine, table) == 1
    with pytest.raises(engine.exceptions.IdempotentParameterMismatchException):
        engine.transact_write_items(TransactItems=[put(table, 1)], ClientRequestToken="once")


def test_a_cancelled_transaction_says_which_condition_failed_on_what(engine: Any, table: str) -> None:
    absent = {"ConditionExpression": "attribute_not_exists(PK)", "ReturnValuesOnConditionCheckFailure": "ALL_OLD"}
    engine.transact_write_items(TransactItems=[put(table, 1, "first")])
    with pytest.raises(engine.exceptions.TransactionCanceledException) as cancelled:
        engine.transact_write_items(TransactItems=[put(table, 2), put(table, 1, "second", **absent)])
    reasons = cancelled.value.response["CancellationReasons"]
    assert [reason["Code"] for reason in reasons] == ["None", "ConditionalCheckFailed"]
    assert reasons[1]["Item"]["body"] == {"S": "first"}


@pytest.mark.parametrize(
    ("numbers", "size", "said"),
    [
        (range(101), 1, "less than or equal to 100"),
        (range(11), 390 * KB, "cannot exceed 4MB"),
        ((1, 1), 1, "multiple operations on one item"),
    ],
)
def test_a_transaction_over_a_limit_is_refused(
    numbers: range | tuple[int, ...], size: int, said: str, engine: Any, table: str
) -> None:
    with pytest.raises(ClientError, match=said):
        engine.transact_write_items(TransactItems=[put(table, number, "x" * size) for number in numbers])


def test_an_item_over_400_kb_is_refused(engine: Any, table: str) -> None:
    engine.put_item(TableName=table, Item=put(table, 1, "x" * 399 * KB)["Put"]["Item"])
    with pytest.raises(ClientError, match="Item size has exceeded"):
        engine.put_item(TableName=table, Item=put(table, 1, "x" * 400 * KB)["Put"]["Item"])
