"""Average precision: the area under the steps of the precision-recall curve."""

import numpy as np

from shared.statistics.answers import Answers, Floats, Unmeasurable
from shared.statistics.influence import Influence


def average_precision(answers: Answers) -> Influence:
    """The mean, over positive rows, of the precision among the rows that score at least as high.

    As scikit-learn's average_precision_score, ties together. With T and N the positives and rows at or above a score,
    and P all positives, the derivative by row j's weight is (y[j] (T/N - AP) + sum over positives i at or below j of
    (y[j]/N[i] - T[i]/N[i]²)) / P. Unmeasurable without a positive row.
    """
    positive = answers.truth == 1
    total = int(positive.sum())
    if total == 0:
        raise Unmeasurable("no positive row")
    _, place = np.unique(-answers.score, return_inverse=True)
    hits = np.bincount(place, weights=positive)
    above = np.cumsum(np.bincount(place))
    precision = np.cumsum(hits) / above
    value = float(hits @ precision) / total
    gained = _from_here_down(hits / above)[place]
    diluted = _from_here_down(hits * precision / above)[place]
    return Influence(value, (positive * (precision[place] - value + gained) - diluted) / total)


def _from_here_down(values: Floats) -> Floats:
    """Sums from each score down to the lowest."""
    return np.cumsum(values[::-1])[::-1]
