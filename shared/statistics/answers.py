"""A version's answers beside the truth: what every metric is computed from."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Codes = NDArray[np.int64]
Mask = NDArray[np.bool_]


class Unmeasurable(ValueError):
    """These rows cannot carry the metric; the message says what they lack."""


@dataclass(frozen=True, slots=True)
class Answers:
    """Truth (n,): 0/1, class codes or values, none missing. Score: (n,) probabilities or values, or (n, k) by class.

    Column j of an (n, k) score is class code j; a code without a column has probability 0.
    """

    truth: Floats
    score: Floats
    threshold: float = 0.5

    def __post_init__(self) -> None:
        """Artifacts answer in float32: sums and the threshold need more digits than that."""
        object.__setattr__(self, "truth", np.asarray(self.truth, dtype=np.float64))
        object.__setattr__(self, "score", np.asarray(self.score, dtype=np.float64))

    @property
    def classes(self) -> int:
        """How many classes truth and score know between them."""
        columns = self.score.shape[1] if self.score.ndim == 2 else 2
        return max(columns, int(self.truth.max(initial=0)) + 1)

    def decided(self) -> Codes:
        """The class decided for each row (n,): 1 from the threshold on, or the likeliest of k."""
        if self.score.ndim == 2:
            return np.asarray(self.score.argmax(axis=1), dtype=np.int64)
        return (self.score >= self.threshold).astype(np.int64)

    def within(self, rows: Mask | Codes) -> "Answers":
        """The same for some of the rows: a mask (n,), or places."""
        return Answers(self.truth[rows], self.score[rows], self.threshold)
