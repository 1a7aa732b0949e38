"""Metrics that are means of one loss a row."""

import numpy as np

from shared.statistics.answers import Answers, Floats
from shared.statistics.influence import Influence, mean, ratio

_FINEST = float(np.finfo(np.float32).eps)
"""Artifacts answer in float32: a certainty finer than its step was not said."""


def brier(answers: Answers) -> Influence:
    """Mean squared distance of the probability from 0/1. G. W. Brier, Monthly Weather Review 78 (1950), halved."""
    return mean((answers.score - answers.truth) ** 2)


def log_loss(answers: Answers) -> Influence:
    """Mean -ln of the probability of what happened, clipped by the step of float32 (as scikit-learn does)."""
    return mean(-np.log(np.clip(_of_the_truth(answers), _FINEST, 1 - _FINEST)))


def accuracy(answers: Answers) -> Influence:
    """Share of rows decided right."""
    return mean((answers.decided() == answers.truth).astype(np.float64))


def mae(answers: Answers) -> Influence:
    """Mean absolute error, in the target's unit."""
    return mean(np.abs(answers.score - answers.truth))


def rmse(answers: Answers) -> Influence:
    """Root of the mean squared error, in the target's unit; the root's influence is that of the mean over 2 · rmse."""
    squares = mean((answers.score - answers.truth) ** 2)
    value = float(np.sqrt(squares.value))
    return Influence(value, squares.rows / (2 * value) if value else squares.rows)


def r2(answers: Answers) -> Influence:
    """1 - residual sum of squares / total sum of squares; for a constant truth 1 if it is met, else 0."""
    residual = (answers.score - answers.truth) ** 2
    total = (answers.truth - answers.truth.mean()) ** 2
    if not total.any():
        return Influence(float(not residual.any()), np.zeros(len(total)))
    unexplained = ratio(residual, total)
    return Influence(1 - unexplained.value, -unexplained.rows)


def _of_the_truth(answers: Answers) -> Floats:
    """The probability (n,) that was given to the class that happened."""
    if answers.score.ndim == 1:
        return np.where(answers.truth == 1, answers.score, 1 - answers.score)
    code = answers.truth.astype(np.int64)
    known = code < answers.score.shape[1]
    return np.where(known, answers.score[np.arange(len(code)), np.where(known, code, 0)], 0.0)
