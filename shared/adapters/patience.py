"""Patience: a call is repeated until it is answered, or the time that its caller has is over.

Clients of one attempt are called so. botocore rations its own repeats, and gives none back for a condition that failed,
which is how a repeat is answered whose first reply was lost: a warm environment that had lost a few dozen replies would
repeat nothing any more.
"""

import random
import time
from collections.abc import Callable
from dataclasses import dataclass
from itertools import count
from typing import TypeVar

from botocore.exceptions import ClientError

from shared.adapters.clients import NO_ANSWER, code_of, longest_s, passes, unavailable
from shared.ports.remaining import remaining_s

T = TypeVar("T")

FIRST_PAUSE_S = 0.025
LONGEST_PAUSE_S = 2.0
TO_SAY_SO_S = 0.5
"""What is left to say that there was no answer."""

PASSING_REASONS = frozenset({"None", "ProvisionedThroughputExceeded", "ThrottlingError", "TransactionConflict"})

_chance = random.SystemRandom()


@dataclass(frozen=True, slots=True)
class Patience:
    """What is called, the AWS service that it is kept in, and for how many seconds: longer than one call may take."""

    what: str
    service: str
    seconds: float

    @property
    def last_call_s(self) -> float:
        """What a last call may take that is never answered, and then to say so."""
        return longest_s(self.service) + TO_SAY_SO_S


THE_STORE = Patience("the store", "s3", 60.0)


def patiently(call: Callable[[], T], patience: Patience, sleep: Callable[[float], None] = time.sleep) -> T:
    """The call's answer; raises Unavailable when what may pass has not passed while the patience lasts.

    Whoever is answered gets that in time: no call begins that may outlast what is left of the function's own time.
    Full jitter (https://aws.amazon.com/builders-library/timeouts-retries-and-backoff-with-jitter/): many who met
    the same conflict must not meet again.
    """
    end = time.monotonic() + patience.seconds
    for attempt in count():
        try:
            return call()
        except (ClientError, *NO_ANSWER) as error:
            if not _may_pass(error):
                raise
            pause = _chance.uniform(0, min(LONGEST_PAUSE_S, FIRST_PAUSE_S * 2**attempt))
            if time.monotonic() + pause > end or remaining_s() < pause + patience.last_call_s:
                raise unavailable(patience.what) from error
            sleep(pause)
    raise AssertionError("count() does not end")


def _may_pass(error: Exception) -> bool:
    """A cancelled transaction passes unless a condition failed in it: that one is an answer."""
    if isinstance(error, ClientError) and code_of(error) == "TransactionCanceledException":
        return {reason["Code"] for reason in error.response.get("CancellationReasons", ())} <= PASSING_REASONS
    return passes(error)
