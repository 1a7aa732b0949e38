"""Performance: sums that a row of answers adds to, from which a window's metrics are read, with and without outcomes.

Sums add up: hours to windows, windows to a reference. What is *realised* is measured on the rows whose outcome came.
What is *estimated* needs none: a calibrated probability says itself how often it will be wrong, so that every metric
has an expectation over the outcomes (confidence-based performance estimation: J. Białek, W. Kuberski, N. Perrakis,
A. Bifet, arXiv:2305.15065, 2023). It cannot see what the columns do not show: where outcomes change and rows do not,
only the realised metric tells.
"""

from collections.abc import Callable, Mapping
from types import MappingProxyType

import numpy as np

from shared.statistics.answers import Floats
from shared.statistics.estimate import Estimate
from shared.statistics.sums import binary, multiclass, regression
from shared.statistics.sums.measured import Measured

CONFIDENCE = 1.959963984540054
"""Standard errors on either side of a value that make a 95 % interval."""

_BOUNDS = {"log_loss": (0.0, np.inf), "rmse": (0.0, np.inf), "mae": (0.0, np.inf)}
_SIGNED = {"binary": (-1.0, 1.0), "multiclass": (-1.0, 1.0), "regression": (-np.inf, np.inf)}

Sum = Callable[[Floats, Floats], Floats]
Read = Callable[[Floats], Mapping[str, Measured]]

SUMMED: Mapping[str, Sum] = MappingProxyType(
    {"binary": binary.summed, "multiclass": multiclass.summed, "regression": regression.summed}
)
REALISED: Mapping[str, Read] = MappingProxyType(
    {"binary": binary.realised, "multiclass": multiclass.realised, "regression": regression.realised}
)
ESTIMATED: Mapping[str, Read] = MappingProxyType(
    {"binary": binary.estimated, "multiclass": multiclass.estimated, "regression": lambda _: {}}
)


def summed(task: str, scores: Floats, actual: Floats) -> Floats:
    """What these rows add to an hour: a vector (length,) of float64 that depends on the task alone.

    Scores (n,) are probabilities of the positive class or values, or (n, k) probabilities by class code. `actual` (n,)
    is 0/1, a class code (-1: a class that the version does not know) or a value; NaN where no outcome came.
    """
    return SUMMED[task](np.asarray(scores, dtype=np.float64), np.asarray(actual, dtype=np.float64))


def realised(task: str, vector: Floats) -> Mapping[str, Estimate]:
    """The metrics of the rows with an outcome, each with its 95 % interval; a metric that they cannot carry is absent.

    Binary: roc_auc, brier, log_loss, calibration (share of positives minus mean probability), positives (their share).
    Multiclass: accuracy, log_loss, calibration (accuracy minus mean certainty). Regression: rmse, mae, calibration
    (mean of truth minus value).
    """
    return _estimates(task, REALISED[task](vector))


def estimated(task: str, vector: Floats) -> Mapping[str, Estimate]:
    """The same metrics as all rows' probabilities themselves foretell them; a regression foretells nothing."""
    return _estimates(task, ESTIMATED[task](vector))


def _estimates(task: str, measured: Mapping[str, Measured]) -> Mapping[str, Estimate]:
    known = {name: one for name, one in measured.items() if np.isfinite(one.value) and np.isfinite(one.error)}
    return {name: _around(one, *_BOUNDS.get(name, _bounds(task, name))) for name, one in known.items()}


def _bounds(task: str, name: str) -> tuple[float, float]:
    return _SIGNED[task] if name == "calibration" else (0.0, 1.0)


def _around(measured: Measured, least: float, most: float) -> Estimate:
    value, reach = float(measured.value), CONFIDENCE * float(measured.error)
    return Estimate(value, max(value - reach, least), min(value + reach, most))
