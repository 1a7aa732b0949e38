"""Latency: what one caller with one row waits for the model, alone on its thread."""

from collections.abc import Callable, Mapping

import numpy as np

from shared.engines.scoring.rows import encode
from shared.engines.scoring.scorer import Scorer

_RUNS = 2000
_ROUNDS = 3


def latency(scorer: Scorer, row: Mapping[str, object], clock: Callable[[], float]) -> float:
    """The 99th percentile in ms of 2,000 runs, JSON row to answer; the best of three rounds. `clock` in seconds."""
    return 1000 * min(float(np.quantile(_round(scorer, row, clock), 0.99)) for _ in range(_ROUNDS))


def _round(scorer: Scorer, row: Mapping[str, object], clock: Callable[[], float]) -> list[float]:
    seconds = []
    for _ in range(_RUNS):
        start = clock()
        scorer.score(encode([row], scorer.signature))
        seconds.append(clock() - start)
    return seconds
