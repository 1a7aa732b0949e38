"""Sums of values beside the value that happened; a value says nothing of its own error, so nothing is estimated."""

from collections.abc import Mapping

import numpy as np

from shared.statistics.answers import Floats
from shared.statistics.sums.measured import Measured, mean

_ROWS, _KNOWN, _ERROR, _ABSOLUTE, _SQUARE, _FOURTH = range(6)
LENGTH = 6


def summed(values: Floats, actual: Floats) -> Floats:
    """What these rows (n,) add up to (LENGTH,): errors are truth minus value, in the target's unit."""
    known = ~np.isnan(actual)
    error = actual[known] - values[known]
    square = error**2
    sums = (len(values), known.sum(), error.sum(), np.abs(error).sum(), square.sum(), (square**2).sum())
    return np.array(sums, dtype=np.float64)


def realised(vector: Floats) -> Mapping[str, Measured]:
    """What the outcomes say, of one window (LENGTH,) or many (…, LENGTH); a root's error by the delta method."""
    rows, square = vector[..., _KNOWN], vector[..., _SQUARE]
    squares = mean(rows, square, vector[..., _FOURTH])
    root = np.sqrt(squares.value)
    with np.errstate(divide="ignore", invalid="ignore"):
        error = np.where(root > 0, squares.error / (2 * root), squares.error)
    return {
        "calibration": mean(rows, vector[..., _ERROR], square),
        "rmse": Measured(root, error),
        "mae": mean(rows, vector[..., _ABSOLUTE], square),
    }
