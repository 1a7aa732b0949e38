"""Finding: what a check saw that the model's people should know, with the figures that say so."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


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
        """How far it is towards its threshold: 1 and more is beyond it."""
        return abs(self.value - self.usual) / abs(self.threshold - self.usual) if self.threshold != self.usual else 0.0


@dataclass(frozen=True, slots=True)
class Finding:
    """What was found in a window of event time, `[begins, ends)`; figures come the furthest first.

    `reaction` is what the spec's policy made of it: tell, retrain, roll_back, cooling_down or no_new_outcomes; `run`
    is the run that it caused ("" for none), `detail` one sentence for people.
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
