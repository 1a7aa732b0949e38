"""Clients: how AWS is called (botocore alone, short time-outs, few retries), and what no answer means."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from itertools import count
from typing import Any, TypeVar

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

LONG_READS_S = {"s3": 30}
"""Seconds that may pass between two bytes of an answer, where 10 are too few."""

TURNS, PAUSE_S = 4, 0.05
"""How often `repeated` asks, and the pause that doubles by turn."""

T = TypeVar("T")


@cache
def _session() -> Session:
    return get_session()


def client(service: str, attempts: int = 4) -> Any:
    """A botocore client of the service; where AWS is, credentials and region come from the environment."""
    config = Config(
        connect_timeout=2,
        read_timeout=LONG_READS_S.get(service, 10),
        retries={"mode": "standard", "total_max_attempts": attempts},
        signature_version="s3v4" if service == "s3" else None,
        # A signed link has to name the bucket's region: the global host sends those of new buckets elsewhere.
        s3={"addressing_style": "virtual"},
    )
    return _session().create_client(service, config=config)


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


def repeated(call: Callable[[], T], what: str) -> T:
    """The answer to a conditional write by a client of one attempt; raises Unavailable after `TURNS` without one.

    botocore rations its own repeats, and gives none back for a 412. That is how a repeat is answered whose first reply
    was lost: a warm environment that had lost a few dozen replies would repeat nothing any more.
    """
    for turn in count(1):
        try:
            return call()
        except (ClientError, *NO_ANSWER) as error:
            if not passes(error):
                raise
            if turn == TURNS:
                raise unavailable(what) from error
            time.sleep(PAUSE_S * 2**turn)
    raise AssertionError("count() does not end")


def code_of(error: ClientError) -> str:
    """The code of a refusal, such as NoSuchKey."""
    return error.response["Error"]["Code"]
