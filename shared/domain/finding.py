"""Finding: what a check saw that the model's people should know, with the figures that say so."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

OUTCOME = "outcome"
"""The subject of what is measured with outcomes: their share, and every metric of the answers."""

_TOLD_FIRST = ("positives", "calibration")
_HALF_WAY = 0.5


class Kind(StrEnum):
    """Drift is in the rows and the answers; a drop is in how good the answers were."""

    DRIFT = "drift"
    DROP = "drop"


@dataclass(frozen=True, slots=True)
class Figure:
    """One statistic of a column, the prediction or a metric: what it was, and the threshold it is held against.

    `subject` is the column, `prediction` or `outcome`; `statistic` such as psi, ks, brier. `usual` is what the
    reference shows; `low` and `high` are the 95 % interval where there is one (else both are the value).
    """

    subject: str
    statistic: str
    value: float
    threshold: float
    usual: float
    low: float
    high: float
    rows: int

    @property
    def score(self) -> float:
        """How far it is towards its threshold: 1 and more is beyond it, below 0 it moved the good way."""
        return (self.value - self.usual) / (self.threshold - self.usual) if self.threshold != self.usual else 0.0


def told(figures: Iterable[Figure]) -> tuple[Figure, ...]:
    """The order in which people read them: outcomes and calibration where they moved, then the furthest first."""

    def place(figure: Figure) -> tuple[int, float]:
        first = figure.subject == OUTCOME and figure.statistic in _TOLD_FIRST and figure.score >= _HALF_WAY
        return (_TOLD_FIRST.index(figure.statistic) if first else len(_TOLD_FIRST), -figure.score)

    return tuple(sorted(figures, key=place))


@dataclass(frozen=True, slots=True)
class Finding:
    """What was found in a window of event time, `[begins, ends)`; figures come in the order of `told`.

    `reaction` is what the spec's policy made of it: tell, retrain, roll_back or no_new_outcomes (nothing to learn
    from has come); `run` is the run that it caused ("" for none), `detail` one sentence for people.
    """

    model: str
    id: str
    at: datetime
    version: int
    kind: Kind
    begins: datetime
    ends: datetime
    figures: tuple[Figure, ...]
    reaction: str
    detail: str
    run: str = ""
