"""Shares: counts (…, bins) as parts of their sum."""

import numpy as np

from shared.statistics.answers import Floats


def shares(counts: Floats) -> Floats:
    """Each count as a share of all (…, bins); 0 where there are none."""
    return np.asarray(counts / np.maximum(counts.sum(axis=-1, keepdims=True), 1), dtype=np.float64)


def share(part: Floats, whole: Floats) -> Floats:
    """A part of a whole, elementwise; NaN of nothing."""
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.asarray(np.where(whole > 0, part / whole, np.nan))
