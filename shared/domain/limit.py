"""Limit: what a number with an interval is held against.

A limit fails only if the whole interval lies beyond it; a limit inside the interval passes with `unsure` written beside
it. Limits are inclusive.
"""

from dataclasses import dataclass
from enum import StrEnum

from shared.domain.scores import BETTER, Better


class Outcome(StrEnum):
    """What a limit came to; unsure lets pass."""

    PASSED = "passed"
    UNSURE = "unsure"
    FAILED = "failed"
    SKIPPED = "skipped"


@dataclass(frozen=True, slots=True)
class Range:
    """A number with its interval."""

    value: float
    low: float
    high: float

    def turned(self) -> "Range":
        """Seen from the other side of zero (which has no sign)."""
        return Range(0.0 - self.value, 0.0 - self.high, 0.0 - self.low)

    def at_least(self, limit: float) -> Outcome:
        """Failed below the limit, passed from it on, unsure around it."""
        if self.high < limit:
            return Outcome.FAILED
        return Outcome.PASSED if self.low >= limit else Outcome.UNSURE

    def at_most(self, limit: float) -> Outcome:
        """Failed above the limit, passed up to it, unsure around it."""
        return self.turned().at_least(-limit)


def loss(metric: str, difference: Range) -> Range:
    """A difference (mine minus theirs), turned so that more is worse, whichever way the metric points."""
    return difference.turned() if BETTER[metric] is Better.HIGHER else difference


_CLAIMS = {
    ("min", Outcome.PASSED): "is at least {limit}",
    ("min", Outcome.UNSURE): "is not surely at least {limit} (unsure)",
    ("min", Outcome.FAILED): "is below {limit}",
    ("max", Outcome.PASSED): "is at most {limit}",
    ("max", Outcome.UNSURE): "is not surely at most {limit} (unsure)",
    ("max", Outcome.FAILED): "is above {limit}",
    ("may_lose", Outcome.PASSED): "loses no more than {limit} to {other}",
    ("may_lose", Outcome.UNSURE): "may lose more than {limit} to {other} (unsure)",
    ("may_lose", Outcome.FAILED): "loses more than {limit} to {other}",
    ("must_gain", Outcome.PASSED): "gains at least {limit} on {other}",
    ("must_gain", Outcome.UNSURE): "may gain less than {limit} on {other} (unsure)",
    ("must_gain", Outcome.FAILED): "gains less than {limit} on {other}",
    ("may_lag", Outcome.PASSED): "lags no more than {limit} behind {other}",
    ("may_lag", Outcome.UNSURE): "may lag more than {limit} behind {other} (unsure)",
    ("may_lag", Outcome.FAILED): "lags more than {limit} behind {other}",
}


def claim(rule: str, outcome: Outcome, limit: str, other: str = "") -> str:
    """What the outcome says in words: `loses more than 0.005 to version 1`."""
    return _CLAIMS[rule, outcome].format(limit=limit, other=other)
