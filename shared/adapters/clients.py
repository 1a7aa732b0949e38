"""Clients: how AWS is called (botocore alone, short time-outs, few retries), and what no answer means."""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from typing import Any

from botocore.config import Config
from botocore.exceptions import ClientError, ConnectionError, HTTPClientError, IncompleteReadError  # noqa: A004
from botocore.session import Session, get_session

from shared.domain.errors import Problem, Unavailable

NO_ANSWER = (ConnectionError, HTTPClientError, IncompleteReadError)
"""The other side could not be reached, or did not finish what it said."""

PASSING = frozenset(
    {
        "InternalServerError",
        "LimitExceededException",
        "ProvisionedThroughputExceededException",
        "RequestLimitExceeded",
        "SlowDown",
        "Throttling",
        "ThrottlingException",
        "TooManyRequestsException",
        "TransactionConflictException",
        "TransactionInProgressException",
    }
)
"""Codes of refusals that the same call may get past in a moment."""

CONNECT_S, READ_S = 2, 10
"""Seconds that may pass until there is a connection, and between two bytes of an answer."""

LONG_READS_S = {"s3": 30}
"""Where `READ_S` are too few."""


@cache
def _session() -> Session:
    return get_session()


def client(service: str, attempts: int = 4) -> Any:
    """A botocore client of the service; where AWS is, credentials and region come from the environment."""
    config = Config(
        connect_timeout=CONNECT_S,
        read_timeout=LONG_READS_S.get(service, READ_S),
        retries={"mode": "standard", "total_max_attempts": attempts},
        signature_version="s3v4" if service == "s3" else None,
        # A signed link has to name the bucket's region: the global host sends those of new buckets elsewhere.
        s3={"addressing_style": "virtual"},
    )
    return _session().create_client(service, config=config)


def longest_s(service: str) -> float:
    """Seconds that a call of one attempt may take that is never answered."""
    return CONNECT_S + LONG_READS_S.get(service, READ_S)


def passes(error: Exception) -> bool:
    """Whether the same call may succeed in a moment."""
    if isinstance(error, ClientError):
        status = error.response.get("ResponseMetadata", {}).get("HTTPStatusCode", 0)
        return error.response["Error"]["Code"] in PASSING or status >= 500
    return isinstance(error, NO_ANSWER)


def unavailable(what: str) -> Unavailable:
    """What a caller is told when there was no answer in time."""
    return Unavailable(f"{what} did not answer in time", Problem("", "no answer", fix="send it again in a moment"))


@contextmanager
def answering(what: str) -> Iterator[None]:
    """Raise Unavailable where a service does not answer or is too busy; every other refusal passes as it is."""
    try:
        yield
    except (ClientError, *NO_ANSWER) as error:
        if passes(error):
            raise unavailable(what) from error
        raise


def code_of(error: ClientError) -> str:
    """The code of a refusal, such as NoSuchKey."""
    return error.response["Error"]["Code"]
