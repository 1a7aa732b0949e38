"""Calibration: whether probabilities mean what they say."""

from typing import NamedTuple

import numpy as np
from scipy.special import expit, logit
from scipy.stats import binomtest

from shared.statistics.answers import Floats, Unmeasurable
from shared.statistics.estimate import Estimate, around
from shared.statistics.influence import mean

_FINEST = float(np.finfo(np.float32).eps)
_STEPS = 50


class Bin(NamedTuple):
    """Rows of neighbouring probabilities: mean probability, share of positives with its interval, number of rows."""

    promised: float
    happened: float
    low: float
    high: float
    rows: int


def reliability(truth: Floats, probability: Floats, bins: int = 10) -> tuple[Bin, ...]:
    """At most so many bins of about equally many rows, equal probabilities together; Wilson's 95 % intervals.

    E. B. Wilson, Journal of the American Statistical Association 22 (1927).
    """
    edges = np.unique(np.quantile(probability, np.arange(1, bins) / bins))
    place = np.searchsorted(edges, probability, side="right")
    return tuple(_bin(truth[place == each], probability[place == each]) for each in np.unique(place))


def error(bins: tuple[Bin, ...]) -> float:
    """Expected calibration error: mean distance of promise and fact over the bins, weighted by rows.

    M. P. Naeini, G. F. Cooper, M. Hauskrecht, AAAI 2015. It is never below 0, so that chance alone makes it positive.
    """
    rows = np.array([each.rows for each in bins])
    return float(rows @ [abs(each.happened - each.promised) for each in bins] / rows.sum())


def in_the_large(truth: Floats, probability: Floats) -> Estimate:
    """Share of positives minus mean probability; 0 is perfect, above it too little was promised."""
    return mean(truth - probability).estimate(0.95)


def slope(truth: Floats, probability: Floats) -> Estimate:
    """Slope of a logistic regression of the truth on the log odds; 1 is perfect, below it promises are too extreme.

    D. R. Cox, Biometrika 45 (1958); by Newton's method, interval from the information matrix. Unmeasurable where the
    probabilities are all equal or part the classes without a mistake.
    """
    odds = logit(np.clip(probability, _FINEST, 1 - _FINEST))
    design = np.stack((np.ones(len(odds)), odds - odds.mean()), axis=1)
    beta = np.zeros(2)
    for _ in range(_STEPS):
        fitted = expit(design @ beta)
        information = (design.T * (fitted * (1 - fitted))) @ design
        if np.linalg.cond(information) > 1e12:
            raise Unmeasurable("no logistic slope fits these probabilities")
        step = np.linalg.solve(information, design.T @ (truth - fitted))
        beta += step
        if np.abs(step).max() < 1e-10:
            return around(float(beta[1]), float(np.sqrt(np.linalg.inv(information)[1, 1])), 0.95)
    raise Unmeasurable("no logistic slope fits these probabilities")


def _bin(truth: Floats, probability: Floats) -> Bin:
    positives, rows = int(truth.sum()), len(truth)
    interval = binomtest(positives, rows).proportion_ci(method="wilson")
    return Bin(float(probability.mean()), positives / rows, float(interval.low), float(interval.high), rows)
