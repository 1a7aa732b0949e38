"""Drop: how much worse a window's answers were than those to the reference's rows; with outcomes, or before them."""

from collections.abc import Mapping
from enum import Enum
from types import MappingProxyType

import numpy as np
from numpy.typing import NDArray

from shared.domain.finding import OUTCOME
from shared.domain.scores import BETTER, Better
from shared.engines.monitoring.hours import Hours
from shared.engines.monitoring.panel import Band, Panel, joined
from shared.engines.monitoring.reference import Reference
from shared.engines.monitoring.replay import Budget, Replayed, phases, replayed
from shared.statistics.performance import CONFIDENCE, ESTIMATED, REALISED, Read
from shared.statistics.sums.measured import Measured

Floats = NDArray[np.float64]
FEWEST_OUTCOMES = 200
"""A window with fewer outcomes shows chance."""


class Side(Enum):
    """Which way a metric is worse."""

    ABOVE = 1
    BELOW = -1
    BOTH = 0


_SIDES: Mapping[Better, Side] = {Better.HIGHER: Side.BELOW, Better.LOWER: Side.ABOVE}
_MATTERS: Mapping[str, float] = MappingProxyType(
    {"calibration": 0.02, "positives": 0.02, "brier": 0.01, "log_loss": 0.02, "roc_auc": 0.02, "accuracy": 0.02}
)
"""Changes of a metric that matter to anybody; of errors in the target's own unit a twentieth of the usual one."""

_TWENTIETH = 0.05
_OF_THE_ERROR = frozenset({"rmse", "mae"})


def realised(task: str, reference: Reference, hours: Hours, ends: NDArray[np.int64], budget: Budget) -> Panel:
    """The metrics of windows that end there (n,), from their outcomes; fewer than `FEWEST_OUTCOMES` show none.

    Metrics are compared with those of the reference's windows: answers that were given out of fold, and test rows.
    """
    return _panel(REALISED[task], REALISED[task], reference, hours, ends, budget)


def estimated(task: str, reference: Reference, hours: Hours, ends: NDArray[np.int64], budget: Budget) -> Panel:
    """The same metrics as the probabilities foretell them, against the same thresholds; no outcome is needed."""
    return _panel(ESTIMATED[task], REALISED[task], reference, hours, ends, budget)


def _panel(
    read: Read, usual: Read, reference: Reference, hours: Hours, ends: NDArray[np.int64], budget: Budget
) -> Panel:
    windows = hours.windows(ends, budget.length)
    rows = windows.outcomes if read is usual else windows.rows
    phase = phases(reference.hours, ends, budget.length)
    parts: list[tuple[NDArray[np.int64], Panel]] = []
    for one in np.unique(phase).tolist():
        places = np.flatnonzero(phase == one)
        replay = replayed(reference.hours, budget.length, one)
        came = read(windows.answers[places])
        before = usual(replay.windows.answers)
        parts.append((places, Panel(_bands(came, before, replay, budget, rows[places]), rows[places])))
    return joined(parts, len(ends))


def _bands(
    came: Mapping[str, Measured], before: Mapping[str, Measured], replay: Replayed, budget: Budget, rows: Floats
) -> list[Band]:
    tails = sum(2 if side(name) is Side.BOTH else 1 for name in before)
    reach = budget.reach(tails, replay.pieces)
    errors = [before[name].value for name in _OF_THE_ERROR if name in before]
    unit = float(np.nanmean(errors[0])) * _TWENTIETH if errors else 0.0
    bands = []
    for name, measured in came.items():
        seen = _finite(before[name])
        if len(seen.value) > 1:
            bands.append(_band(name, _where(measured, rows >= FEWEST_OUTCOMES), seen, reach, unit or _MATTERS[name]))
    return bands


def side(metric: str) -> Side:
    """Which way a metric is worse; what has no better way is worse both ways."""
    return _SIDES[BETTER[metric]] if metric in BETTER else Side.BOTH


def _band(name: str, came: Measured, seen: Measured, reach: float, matters: float) -> Band:
    """Usual is the mean of the reference's windows; deviation what they vary by, and the window's own sampling error.

    What the reference's windows vary by beyond their own sampling errors is τ², as in a meta-analysis (R. DerSimonian,
    N. Laird, Controlled Clinical Trials 7, 1986).
    """
    usual = float(seen.value.mean())
    between = max(float(seen.value.var(ddof=1) - (seen.error**2).mean()), 0.0)
    distance = np.maximum(reach * np.sqrt(between + came.error**2), matters)
    way = side(name)
    sign = np.where(came.value < usual, -1.0, 1.0) if way is Side.BOTH else np.full(came.value.shape, way.value)
    low, high = came.value - CONFIDENCE * came.error, came.value + CONFIDENCE * came.error
    return Band(OUTCOME, name, came.value, usual + sign * distance, np.full(came.value.shape, usual), low, high)


def _finite(measured: Measured) -> Measured:
    known = np.isfinite(measured.value) & np.isfinite(measured.error)
    return Measured(measured.value[known], measured.error[known])


def _where(measured: Measured, enough: NDArray[np.bool_]) -> Measured:
    return Measured(np.where(enough, measured.value, np.nan), np.where(enough, measured.error, np.nan))
