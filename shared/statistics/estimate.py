"""An estimate with its interval."""

from statistics import NormalDist
from typing import NamedTuple


class Estimate(NamedTuple):
    """A value and the two-sided confidence interval around it."""

    value: float
    low: float
    high: float


def around(value: float, error: float, confidence: float) -> Estimate:
    """The normal interval, value ± z · standard error, at a confidence such as 0.95."""
    reach = NormalDist().inv_cdf((1 + confidence) / 2) * error
    return Estimate(value, value - reach, value + reach)
