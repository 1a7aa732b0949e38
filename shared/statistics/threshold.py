"""The threshold at which wrong answers cost least."""

import numpy as np

from shared.statistics.answers import Floats


def cheapest(truth: Floats, probability: Floats, false_positive: float, false_negative: float) -> float:
    """The threshold (a row is positive from it on) that minimises the cost of wrong answers on these rows.

    Truth (n,) is 0/1, probability (n,) best comes from out-of-fold predictions; costs are per row. Of equally cheap
    cuts the highest, and midway between the probabilities on its sides, so that no rounding moves a row across.
    C. Elkan, The Foundations of Cost-Sensitive Learning, IJCAI 2001: near false_positive / (false_positive +
    false_negative) where probabilities are calibrated.
    """
    steps, place = np.unique(probability, return_inverse=True)
    positives = np.bincount(place, weights=truth == 1)
    negatives = np.bincount(place) - positives
    missed = np.concatenate(([0.0], np.cumsum(positives)))
    alarmed = negatives.sum() - np.concatenate(([0.0], np.cumsum(negatives)))
    cost = false_positive * alarmed + false_negative * missed
    cut = len(cost) - 1 - int(np.argmin(cost[::-1]))
    if cut == 0:
        return 0.0
    if cut == len(steps):
        return float(np.nextafter(max(steps[-1], 1.0), 2))
    return float((steps[cut - 1] + steps[cut]) / 2)
