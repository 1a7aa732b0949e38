"""Sums of class probabilities beside the class that happened."""

from collections.abc import Mapping

import numpy as np

from shared.statistics.answers import Floats
from shared.statistics.sums.measured import Measured, mean, surprise

_ROWS, _KNOWN, _HITS, _GAP, _GAP_SQUARED, _SURPRISE, _SURPRISE_SQUARED = range(7)
_CERTAINTY, _ENTROPY, _ENTROPY_SQUARED = range(7, 10)
LENGTH = 10


def summed(scores: Floats, actual: Floats) -> Floats:
    """What these rows (n, k) add up to (LENGTH,); a class code that the scores have no column for had probability 0."""
    known = ~np.isnan(actual)
    certain, said = scores.max(axis=1, initial=0), scores[known]
    code = actual[known].astype(np.int64)
    spoken = (code >= 0) & (code < scores.shape[1])
    given = np.where(spoken, said[np.arange(len(code)), np.where(spoken, code, 0)], 0.0)
    hit = (said.argmax(axis=1) == code).astype(np.float64) if len(code) else np.zeros(0)
    gap, loss = hit - certain[known], surprise(given)
    foretold = surprise(scores)
    sums = (
        len(scores),
        known.sum(),
        hit.sum(),
        gap.sum(),
        (gap**2).sum(),
        loss.sum(),
        (loss**2).sum(),
        certain.sum(),
        (scores * foretold).sum(),
        (scores * foretold**2).sum(),
    )
    return np.array(sums, dtype=np.float64)


def realised(vector: Floats) -> Mapping[str, Measured]:
    """What the outcomes say, of one window (LENGTH,) or many (…, LENGTH)."""
    rows, hits = vector[..., _KNOWN], vector[..., _HITS]
    return {
        "calibration": mean(rows, vector[..., _GAP], vector[..., _GAP_SQUARED]),
        "accuracy": mean(rows, hits, hits),
        "log_loss": mean(rows, vector[..., _SURPRISE], vector[..., _SURPRISE_SQUARED]),
    }


def estimated(vector: Floats) -> Mapping[str, Measured]:
    """What the probabilities foretell, of one window (LENGTH,) or many (…, LENGTH)."""
    rows, certainty = vector[..., _ROWS], vector[..., _CERTAINTY]
    return {
        "accuracy": mean(rows, certainty, certainty),
        "log_loss": mean(rows, vector[..., _ENTROPY], vector[..., _ENTROPY_SQUARED]),
    }
