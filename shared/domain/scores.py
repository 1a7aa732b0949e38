"""Scores: what was measured of a candidate on the untouched rows, before anybody says what to think of it."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType


class Better(StrEnum):
    """Which way a metric points."""

    HIGHER = "higher"
    LOWER = "lower"


METRICS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "binary": ("roc_auc", "average_precision", "brier", "log_loss", "accuracy", "precision", "recall", "f1"),
        "multiclass": ("log_loss", "accuracy", "macro_f1"),
        "regression": ("rmse", "mae", "r2"),
    }
)
"""What is measured, by task; the first one leads where the spec names none."""

COSTS = ("latency_p99", "size", "parity")
"""What a version costs its callers: milliseconds, bytes, and the largest difference between fit and served answer."""

BETTER: Mapping[str, Better] = MappingProxyType(
    {
        "roc_auc": Better.HIGHER,
        "average_precision": Better.HIGHER,
        "brier": Better.LOWER,
        "log_loss": Better.LOWER,
        "accuracy": Better.HIGHER,
        "precision": Better.HIGHER,
        "recall": Better.HIGHER,
        "f1": Better.HIGHER,
        "macro_f1": Better.HIGHER,
        "rmse": Better.LOWER,
        "mae": Better.LOWER,
        "r2": Better.HIGHER,
        "latency_p99": Better.LOWER,
        "size": Better.LOWER,
        "parity": Better.LOWER,
    }
)
"""The direction of everything that a gate can name."""


@dataclass(frozen=True, slots=True)
class Measure:
    """A metric with its 95 % interval; low = high = value where one number was read (latency, size)."""

    name: str
    value: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Comparison:
    """Candidate minus champion on the same rows, paired, with its 95 % interval."""

    name: str
    value: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class SliceScore:
    """The leading metric within one group; gap = group minus all rows, interval corrected for the number of groups."""

    column: str
    value: str
    rows: int
    score: float
    gap: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class SliceLeftOut:
    """A group that was not judged, and why."""

    column: str
    value: str
    rows: int
    why: str


@dataclass(frozen=True, slots=True)
class ReliabilityBin:
    """Rows of neighbouring probabilities: what was promised, what happened, and the 95 % interval of that."""

    promised: float
    happened: float
    low: float
    high: float
    rows: int


@dataclass(frozen=True, slots=True)
class Calibration:
    """Whether probabilities mean what they say; measures: calibration error, in the large, slope (where it exists)."""

    bins: tuple[ReliabilityBin, ...]
    measures: tuple[Measure, ...]


@dataclass(frozen=True, slots=True)
class Scores:
    """Everything measured on the test rows. `metric` leads; `champion` is the version compared with, if one serves."""

    metric: str
    rows: int
    measures: tuple[Measure, ...]
    comparisons: tuple[Comparison, ...] = ()
    slices: tuple[SliceScore, ...] = ()
    left_out: tuple[SliceLeftOut, ...] = ()
    calibration: Calibration | None = None
    champion: int | None = None
