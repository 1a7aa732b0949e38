"""Patience: what may pass is tried again until it has passed or the time is over; an answer is an answer."""

from dataclasses import replace

import pytest
from botocore.exceptions import ClientError, ConnectionClosedError, EndpointConnectionError

from shared.adapters.clients import client
from shared.adapters.dynamodb_profiles import PATIENCE as PROFILES
from shared.adapters.dynamodb_registry import DynamoRegistry
from shared.adapters.patience import THE_STORE, Patience, patiently
from shared.domain.errors import Unavailable
from shared.ports.remaining import telling

REGISTRY = Patience("the registry", "dynamodb", 20)
LOST = ConnectionClosedError(endpoint_url="http://localhost")


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
        refused("SlowDown", 503),
        EndpointConnectionError(endpoint_url="http://127.0.0.1:1"),
        LOST,
    ],
    ids=str,
)
def test_what_may_pass_is_tried_again(error: Exception) -> None:
    table = Table(error, error, error)
    assert patiently(table.put, REGISTRY) == "written"
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
        refused("PreconditionFailed", 412),
        refused("ConditionalRequestConflict", 409),
    ],
    ids=str,
)
def test_an_answer_is_never_asked_for_again(error: ClientError) -> None:
    table = Table(error)
    with pytest.raises(ClientError):
        patiently(table.put, REGISTRY)
    assert table.calls == 1


def test_after_a_lost_reply_that_it_is_there_already_is_an_answer() -> None:
    there = refused("PreconditionFailed", 412)
    with pytest.raises(ClientError) as told:
        patiently(Table(LOST, there).put, THE_STORE)
    assert told.value is there


@pytest.mark.parametrize("patience", [REGISTRY, PROFILES, THE_STORE], ids=lambda patience: patience.what)
def test_when_the_time_is_over_the_caller_is_told_who_did_not_answer(patience: Patience) -> None:
    with pytest.raises(Unavailable, match=f"{patience.what} did not answer in time") as told:
        patiently(Table(*[LOST] * 10_000).put, replace(patience, seconds=0.1))
    assert told.value.problems[0].fix == "send it again in a moment"


@pytest.mark.parametrize("patience", [REGISTRY, PROFILES, THE_STORE], ids=lambda patience: patience.what)
def test_what_a_last_call_may_take_is_what_its_client_waits(patience: Patience) -> None:
    waits = client(patience.service).meta.config
    assert patience.last_call_s > waits.connect_timeout + waits.read_timeout
    assert patience.seconds > patience.last_call_s


def test_a_call_begins_that_ends_before_the_functions_own_time() -> None:
    with telling(lambda: 25_000):
        assert patiently(Table(LOST).put, REGISTRY) == "written"


def test_no_call_begins_that_may_outlast_the_functions_own_time() -> None:
    store = Table(LOST)
    with telling(lambda: 25_000), pytest.raises(Unavailable):
        patiently(store.put, THE_STORE)
    assert store.calls == 1


def test_a_registry_that_cannot_be_reached_is_unavailable(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AWS_ENDPOINT_URL_DYNAMODB", "http://127.0.0.1:1")
    with pytest.raises(Unavailable):
        DynamoRegistry("registry", patience_s=0.1).model("flights")
