"""Jensen-Shannon distance between two distributions over the same bins."""

import numpy as np
from scipy.special import rel_entr

from shared.statistics.answers import Floats
from shared.statistics.shares import shares


def jensen_shannon(expected: Floats, actual: Floats) -> Floats:
    """The root of the divergence in bits, from counts (…, bins): 0 for equal shares, 1 for nothing in common.

    J. Lin, IEEE Transactions on Information Theory 37 (1991); that its root is a metric: D. M. Endres,
    J. E. Schindelin, IEEE Transactions on Information Theory 49 (2003).
    """
    e, a = shares(expected), shares(actual)
    middle = (e + a) / 2
    divergence = (rel_entr(e, middle) + rel_entr(a, middle)).sum(axis=-1) / 2 / np.log(2)
    return np.asarray(np.sqrt(np.maximum(divergence, 0)))
