"""Ready: a loaded artifact and all rows of a call as it takes them; any of them are answered, until time is up."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from shared.domain.errors import ModelTooSlow, Problem
from shared.domain.signature import Signature
from shared.engines.scoring.answers import Answer, answers
from shared.engines.scoring.batch import Batch
from shared.engines.scoring.scorer import Scorer

CHUNK, SLOW_S = 1000, 20.0
"""Rows scored at once, and the seconds after which no more are begun: the gateway waits for 30."""


@dataclass(frozen=True, slots=True)
class Ready:
    """A version that may answer, and the rows."""

    scorer: Scorer
    batch: Batch

    @property
    def signature(self) -> Signature:
        """What it takes and gives."""
        return self.scorer.signature

    def answers(self, places: Sequence[int], spent: Callable[[], float]) -> Iterator[tuple[int, Answer]]:
        """Place and answer of each row at these places that gets a number; `spent` tells the seconds so far.

        Raises ModelTooSlow instead of beginning more when time is up.
        """
        rows = len(next(iter(self.batch.values())))
        batch = self.batch if len(places) == rows else {name: cells[places] for name, cells in self.batch.items()}
        scores = _timed(self.scorer, batch, len(places), spent)
        good = np.isfinite(scores).reshape(len(places), -1).all(axis=1)
        told = answers(scores[good], self.signature.output)
        return zip(np.asarray(places)[good].tolist(), told, strict=True)


def _timed(scorer: Scorer, batch: Batch, rows: int, spent: Callable[[], float]) -> NDArray[np.float64]:
    """Scores, as `Scorer.score` gives them, some at a time."""
    if rows <= CHUNK:
        return scorer.score(batch)
    parts = []
    for start in range(0, rows, CHUNK):
        if spent() > SLOW_S:
            problem = Problem("/instances", "not done in time", f"{rows:,} rows", fix="send fewer rows a call")
            raise ModelTooSlow(f"{start:,} of {rows:,} rows were done after {SLOW_S:.0f} s", problem)
        parts.append(scorer.score({name: cells[start : start + CHUNK] for name, cells in batch.items()}))
    return np.concatenate(parts)
