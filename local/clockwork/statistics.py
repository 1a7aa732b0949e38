"""A statistic of CloudWatch over the values of one period: Sum, Average, Minimum, Maximum, SampleCount, p99, p99.9."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Sequence

from local.errors import CloudError

_PERCENTILE = re.compile(r"p(\d{1,2}(?:\.\d+)?|100)")
_NAMED: dict[str, Callable[[Sequence[float]], float]] = {
    "Sum": math.fsum,
    "Average": lambda values: math.fsum(values) / len(values),
    "Minimum": min,
    "Maximum": max,
    "SampleCount": len,
}


class UnknownStatistic(CloudError):
    """CloudWatch has this statistic perhaps, the embedded cloud has not."""


def statistic(name: str) -> Callable[[Sequence[float]], float]:
    """The function of at least one value; raises UnknownStatistic."""
    if name in _NAMED:
        return _NAMED[name]
    if found := _PERCENTILE.fullmatch(name):
        share = float(found[1]) / 100
        return lambda values: _percentile(sorted(values), share)
    raise UnknownStatistic(f"got {name!r}, expected {', '.join(_NAMED)} or p0 to p100")


def _percentile(ordered: Sequence[float], share: float) -> float:
    """Interpolate linearly between the two nearest ranks (Hyndman & Fan 1996, type 7)."""
    position = share * (len(ordered) - 1)
    low = math.floor(position)
    high = min(low + 1, len(ordered) - 1)
    return ordered[low] + (ordered[high] - ordered[low]) * (position - low)
