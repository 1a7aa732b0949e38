"""Kolmogorov-Smirnov distance between two samples of numbers, as far as bins can tell."""

import numpy as np

from shared.statistics.answers import Floats
from shared.statistics.shares import shares


def kolmogorov_smirnov(expected: Floats, actual: Floats) -> Floats:
    """The largest gap between both cumulative shares at the edges of ordered bins (…, bins): 0 to 1.

    N. Smirnov, Annals of Mathematical Statistics 19 (1948). Within a bin nothing is known, so that it is a lower bound
    of the distance of the rows themselves; with equally filled reference bins it lacks at most one bin's share.
    """
    return np.asarray(np.abs(np.cumsum(shares(expected) - shares(actual), axis=-1)).max(axis=-1))
