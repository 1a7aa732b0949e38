"""Chi-squared test of homogeneity: whether two rows of counts come from one distribution, and how far they differ."""

from typing import NamedTuple

import numpy as np
from scipy.special import chdtrc

from shared.statistics.answers import Floats
from shared.statistics.shares import share


class Homogeneity(NamedTuple):
    """The statistic, its degrees of freedom, the chance of one as large without a difference, and Cramér's V."""

    statistic: Floats
    freedom: Floats
    chance: Floats
    cramers_v: Floats


def chi_squared(expected: Floats, actual: Floats) -> Homogeneity:
    """Of two rows of counts (…, bins) as a 2 × bins table; bins that both have no rows in are left out.

    K. Pearson, Biometrika 8 (1911). The chance shrinks with the rows however small the difference is, so that the
    effect size is what is judged: V = √(χ² / N), 0 to 1, of a table with two rows. H. Cramér, Mathematical Methods of
    Statistics, 1946, §21.9. Cells are few in a wide column: V of a small sample is above 0 by chance alone.
    """
    rows = expected.sum(axis=-1, keepdims=True), actual.sum(axis=-1, keepdims=True)
    total = rows[0] + rows[1]
    both = expected + actual
    statistic = sum(
        _cells(counts, share(both * row, total)) for counts, row in zip((expected, actual), rows, strict=True)
    )
    freedom = np.maximum((both > 0).sum(axis=-1) - 1, 0).astype(np.float64)
    chance = np.where(freedom > 0, chdtrc(np.maximum(freedom, 1), statistic), 1.0)
    v = np.sqrt(np.nan_to_num(share(np.asarray(statistic), total[..., 0])))
    return Homogeneity(np.asarray(statistic), freedom, np.asarray(chance), np.asarray(v))


def _cells(counts: Floats, foretold: Floats) -> Floats:
    """Sum over bins of (observed - expected)² / expected."""
    return np.asarray(np.nan_to_num(share((counts - foretold) ** 2, foretold)).sum(axis=-1))
