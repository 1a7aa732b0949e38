"""Influence: how much each row moved a metric, and so how sure the metric is.

The infinitesimal jackknife: with U[i] the derivative of the metric by the weight of row i, the variance of the metric
is the sum of U², and that of a difference of two metrics on the same rows the sum of (U - U')². No resampling, and any
confidence. L. A. Jaeckel, The infinitesimal jackknife, Bell Laboratories 1972; B. Efron, The Jackknife, the Bootstrap
and Other Resampling Plans, SIAM 1982, ch. 6. Tests hold every metric's interval against the bootstrap of its rows.
"""

from dataclasses import dataclass

import numpy as np

from shared.statistics.answers import Floats, Mask
from shared.statistics.estimate import Estimate, around


@dataclass(frozen=True, slots=True)
class Influence:
    """A metric's value and the influence of each row on it (n,), which sum to zero."""

    value: float
    rows: Floats

    def estimate(self, confidence: float) -> Estimate:
        """The value with its interval."""
        return around(self.value, float(np.sqrt(self.rows @ self.rows)), confidence)

    def minus(self, other: "Influence") -> "Influence":
        """The difference of two metrics of the same rows, paired."""
        return Influence(self.value - other.value, self.rows - other.rows)

    def scattered(self, rows: Mask) -> "Influence":
        """A metric of some rows, seen from all of them: the others had no influence on it."""
        everywhere = np.zeros(rows.shape)
        everywhere[rows] = self.rows
        return Influence(self.value, everywhere)


def ratio(above: Floats, below: Floats) -> Influence:
    """Sum over sum, such as a mean (below = ones); 0 where below sums to 0.

    For a mean the variance is exactly s²/n, s² with n - 1. W. G. Cochran, Sampling Techniques, 3rd ed. 1977, §2.11.
    """
    total = float(below.sum())
    if total == 0:
        return Influence(0.0, np.zeros(below.shape))
    value = float(above.sum()) / total
    count = len(below)
    return Influence(value, (above - value * below) / total * np.sqrt(count / max(count - 1, 1)))


def mean(values: Floats) -> Influence:
    """The mean of one value a row."""
    return ratio(values, np.ones(values.shape))
