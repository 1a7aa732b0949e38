"""Measured: metrics of many windows at once, each with its standard error; NaN where a window cannot carry one."""

from typing import NamedTuple

import numpy as np

from shared.statistics.answers import Floats

FINEST = float(np.finfo(np.float32).eps)
"""Artifacts answer in float32: a certainty finer than its step was not said."""


class Measured(NamedTuple):
    """A metric's values (…) and standard errors (…), one a window."""

    value: Floats
    error: Floats


def mean(rows: Floats, total: Floats, squares: Floats) -> Measured:
    """The mean of one number a row, from how many, their sum and the sum of their squares; its error is s / √n."""
    with np.errstate(divide="ignore", invalid="ignore"):
        value = np.where(rows > 0, total / rows, np.nan)
        spread = np.maximum(squares - rows * value**2, 0) / (rows - 1)
        return Measured(value, np.where(rows > 1, np.sqrt(spread / rows), np.nan))


def surprise(probability: Floats) -> Floats:
    """-ln of a probability, clipped by the step of float32 (as scikit-learn does)."""
    return -np.log(np.clip(probability, FINEST, 1 - FINEST))
