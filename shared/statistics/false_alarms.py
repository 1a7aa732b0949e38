"""False alarms: how far from usual a figure has to be, so that chance alone is seen no more often than people bear."""

import numpy as np
from scipy.special import ndtr, stdtrit

from shared.statistics.answers import Floats

_SCALE = np.linspace(1.5, 9.0, 7501)
"""Standard deviations that are tried; nearer than the first is no news to anybody."""


def rate(deviations: Floats, looks: float) -> Floats:
    """How often a window's length brings a new excursion beyond so many standard deviations, looked at so often.

    Looks that share no rows are independent: each is beyond with chance Q(c) = 1 - Φ(c). Looks that overlap go on and
    off together: a moving sum of independent hours has the triangular correlation of D. Slepian's process (IRE
    Transactions on Information Theory 7, 1961), whose excursions above c begin at the rate c · φ(c) a window's length
    (D. Aldous, Probability Approximations via the Poisson Clumping Heuristic, 1989, §D16). The smaller one holds.
    """
    chance = ndtr(-deviations)
    density = np.exp(-(deviations**2) / 2) / np.sqrt(2 * np.pi)
    return np.asarray(np.minimum(looks * chance, deviations * density + chance))


def reach(bearable: float, windows: float, looks: float, tails: int, pieces: float) -> float:
    """Standard deviations between what is usual and what alarms.

    `bearable` alarms in a period of so many `windows` side by side, each looked at `looks` times; every one of `tails`
    ways to alarm has an equal part of them (C. E. Bonferroni: whatever their correlation, together they keep it):

        windows · tails · rate(c) = bearable

    Mean and deviation were themselves read from only so many `pieces` of the reference, so that the chance that c
    leaves is given to Student's distribution, and widened for the mean: a prediction interval (G. J. Hahn,
    W. Q. Meeker, Statistical Intervals, 1991, §4.7).
    """
    enough = windows * tails * rate(_SCALE, looks) <= bearable
    c = float(_SCALE[int(enough.argmax())]) if enough.any() else float(_SCALE[-1])
    freedom = max(pieces - 1, 1.0)
    return float(-stdtrit(freedom, float(ndtr(-c))) * np.sqrt(1 + 1 / max(pieces, 2.0)))
