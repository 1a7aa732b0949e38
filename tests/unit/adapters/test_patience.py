"""Patience: what may pass is tried again until it has passed or the time is over; an answer is an answer."""

import pytest
from botocore.exceptions import ClientError, EndpointConnectionError

from shared.adapters.dynamodb_registry import DynamoRegistry
from shared.adapters.patience import patiently
from shared.domain.errors import Unavailable


def cancelled(*reasons: str) -> ClientError:
    answer = {
        "Error": {"Code": "TransactionCanceledException", "Message": "cancelled"},
        "CancellationReasons": [{"Code": reason} for reason in reasons],
        "ResponseMetadata": {"HTTPStatusCode": 400},
    }
    return ClientError(answer, "TransactWriteItems")  # type: ignore[arg-type]


def refused(code: str, status: int = 400) -> ClientError:
    answer = {"Error": {"Code": code, "Message": code}, "ResponseMetadata": {"HTTPStatusCode": status}}
    return ClientError(answer, "TransactWriteItems")  # type: ignore[arg-type]


class Table:
    """It raises these, one after the other, and then answers."""

    def __init__(self, *errors: Exception) -> None:
        self.errors = list(errors)
        self.calls = 0

    def put(self) -> str:
        """One call."""
        self.calls += 1
        if self.errors:
            raise self.errors.pop(0)
        return "written"


@pytest.mark.parametrize(
    "error",
    [
        cancelled("None", "TransactionConflict"),
        cancelled("ThrottlingError", "None"),
        cancelled("ProvisionedThroughputExceeded"),
        cancelled("None", "None"),
        refused("ThrottlingException"),
        refused("TransactionConflictException"),
        refused("TransactionInProgressException"),
        refused("InternalServerError", 500),
        refused("ServiceUnavailable", 503),
        EndpointConnectionError(endpoint_url="http://127.0.0.1:1"),
    ],
    ids=str,
)
def test_what_may_pass_is_tried_again(error: Exception) -> None:
    table = Table(error, error, error)
    assert patiently(table.put, 20) == "written"
    assert table.calls == 4


@pytest.mark.parametrize(
    "error",
    [
        cancelled("ConditionalCheckFailed", "None"),
        cancelled("TransactionConflict", "ConditionalCheckFailed"),
        cancelled("ValidationError"),
        refused("ValidationException"),
        refused("AccessDeniedException"),
        refused("ResourceNotFoundException"),
    ],
    ids=str,
)
def test_an_answer_is_never_asked_for_again(error: ClientError) -> None:
    table = Table(error)
    with pytest.raises(ClientError):
        patiently(table.put, 20)
    assert table.calls == 1


def test_when_the_time_is_over_the_caller_is_told() -> None:
    with pytest.raises(Unavailable) as told:
        patiently(Table(*[cancelled("TransactionConflict")] * 10_000).put, 0.1)
    assert told.value.problems[0].fix == "send it again in a moment"


def test_a_registry_that_cannot_be_reached_is_unavailable(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AWS_ENDPOINT_URL_DYNAMODB", "http://127.0.0.1:1")
    with pytest.raises(Unavailable):
        DynamoRegistry("registry", patience_s=0.1).model("flights")
