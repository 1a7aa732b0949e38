"""Patience: a call is repeated until it is answered, or the time that its caller has is over."""

import random
import time
from collections.abc import Callable
from itertools import count
from typing import TypeVar

from botocore.exceptions import ClientError

from shared.adapters.clients import NO_ANSWER, code_of, passes, unavailable
from shared.ports.remaining import remaining_s

T = TypeVar("T")

FIRST_PAUSE_S = 0.025
LONGEST_PAUSE_S = 2.0
LAST_CALL_S = 12.5
"""What a last call may take that is never answered, and then to say so: `clients` gives it 2 + 10 s."""

PASSING_REASONS = frozenset({"None", "ProvisionedThroughputExceeded", "ThrottlingError", "TransactionConflict"})

_chance = random.SystemRandom()


def patiently(call: Callable[[], T], patience_s: float, sleep: Callable[[float], None] = time.sleep) -> T:
    """The call's answer; raises Unavailable when what may pass has not passed in so many seconds.

    Whoever is answered gets that in time: no call begins that may outlast what is left of the function's own time.
    Full jitter (https://aws.amazon.com/builders-library/timeouts-retries-and-backoff-with-jitter/): many who met
    the same conflict must not meet again.
    """
    end = time.monotonic() + patience_s
    for attempt in count():
        try:
            return call()
        except (ClientError, *NO_ANSWER) as error:
            if not _may_pass(error):
                raise
            pause = _chance.uniform(0, min(LONGEST_PAUSE_S, FIRST_PAUSE_S * 2**attempt))
            if time.monotonic() + pause > end or remaining_s() < pause + LAST_CALL_S:
                raise unavailable("the registry") from error
            sleep(pause)
    raise AssertionError("count() does not end")


def _may_pass(error: Exception) -> bool:
    """A cancelled transaction passes unless a condition failed in it: that one is an answer."""
    if isinstance(error, ClientError) and code_of(error) == "TransactionCanceledException":
        return {reason["Code"] for reason in error.response.get("CancellationReasons", ())} <= PASSING_REASONS
    return passes(error)
