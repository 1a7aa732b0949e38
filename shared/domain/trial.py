"""Trial: one candidate tried on one rung of rows, cross-validated."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from shared.domain.spec.train import Scalar


@dataclass(frozen=True, slots=True)
class Candidate:
    """A family (scikit-learn's name) with its parameters; index is its place in the seeded list."""

    index: int
    family: str
    parameters: Mapping[str, Scalar] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Rung:
    """A step of the search: the share of training rows it uses, and how many candidates go on."""

    number: int
    share: float
    keep: int


@dataclass(frozen=True, slots=True)
class Trial:
    """What a candidate reached: mean and deviation of the spec's metric over the folds, or why it failed (score 0).

    The engine that tries it knows no clock: `seconds` is written by the verb that measured it.
    """

    candidate: Candidate
    rung: int
    score: float
    deviation: float
    seconds: float = 0.0
    error: str = ""
