"""Sums of probabilities beside 0/1: two histograms for ranks, moments for losses."""

from collections.abc import Mapping

import numpy as np

from shared.statistics.answers import Floats
from shared.statistics.sums.measured import Measured, mean, surprise

BINS = 100
_ALL, _FORETOLD, _POSITIVE, _NEGATIVE = (slice(place * BINS, (place + 1) * BINS) for place in range(4))
_MOMENTS = 4 * BINS
_PROBABILITY, _SQUARE, _FOURTH, _SURPRISE, _SURPRISE_SQUARED = range(_MOMENTS, _MOMENTS + 5)
_BRIER, _BRIER_SQUARED, _ENTROPY, _ENTROPY_SQUARED = range(_MOMENTS + 5, _MOMENTS + 9)
LENGTH = _MOMENTS + 9
"""Rows by bin, the probabilities in it, positives and negatives by bin (with an outcome), then moments:
with an outcome Σp, Σ(p-y)², Σ(p-y)⁴, Σ-ln, Σ(-ln)²; of all rows what is expected of (p-y)², (p-y)⁴, -ln, (-ln)²."""


def places(probability: Floats) -> np.ndarray[tuple[int, ...], np.dtype[np.int64]]:
    """The bin (n,) of each probability: equal steps of arcsin √p, so that rare events are told apart as well.

    The variance-stabilising transform of a share; F. J. Anscombe, Biometrika 35 (1948).
    """
    turned = np.arcsin(np.sqrt(np.clip(probability, 0, 1))) * (2 / np.pi)
    return np.minimum((turned * BINS).astype(np.int64), BINS - 1)


def summed(probability: Floats, actual: Floats) -> Floats:
    """What these rows (n,) add up to (LENGTH,)."""
    known = ~np.isnan(actual)
    bins, p, y = places(probability), probability[known], actual[known]
    vector = np.zeros(LENGTH)
    vector[_ALL] = np.bincount(bins, minlength=BINS)
    vector[_FORETOLD] = np.bincount(bins, weights=probability, minlength=BINS)
    vector[_POSITIVE] = np.bincount(bins[known], weights=y, minlength=BINS)
    vector[_NEGATIVE] = np.bincount(bins[known], weights=1 - y, minlength=BINS)
    loss, square = surprise(np.where(y == 1, p, 1 - p)), (p - y) ** 2
    vector[_PROBABILITY : _SURPRISE_SQUARED + 1] = p.sum(), square.sum(), (square**2).sum(), loss.sum(), (loss**2).sum()
    vector[_BRIER:] = _expected(probability)
    return vector


def realised(vector: Floats) -> Mapping[str, Measured]:
    """What the outcomes say, of one window (LENGTH,) or many (…, LENGTH)."""
    positive, negative = vector[..., _POSITIVE], vector[..., _NEGATIVE]
    positives = positive.sum(axis=-1)
    rows = positives + negative.sum(axis=-1)
    gap = positives - vector[..., _PROBABILITY]
    return {
        "calibration": mean(rows, gap, vector[..., _SQUARE]),
        "brier": mean(rows, vector[..., _SQUARE], vector[..., _FOURTH]),
        "log_loss": mean(rows, vector[..., _SURPRISE], vector[..., _SURPRISE_SQUARED]),
        "roc_auc": ranked(positive, negative),
        "positives": mean(rows, positives, positives),
    }


def estimated(vector: Floats) -> Mapping[str, Measured]:
    """What the probabilities foretell, of one window (LENGTH,) or many (…, LENGTH)."""
    rows, foretold = vector[..., _ALL], vector[..., _FORETOLD]
    count, positives = rows.sum(axis=-1), foretold.sum(axis=-1)
    return {
        "brier": mean(count, vector[..., _BRIER], vector[..., _BRIER_SQUARED]),
        "log_loss": mean(count, vector[..., _ENTROPY], vector[..., _ENTROPY_SQUARED]),
        "roc_auc": ranked(foretold, rows - foretold),
        "positives": mean(count, positives, positives),
    }


def ranked(positive: Floats, negative: Floats) -> Measured:
    """ROC AUC from two histograms (…, bins), scores of a bin counted as ties; DeLong's variance, as in delong.py."""
    m, n = positive.sum(axis=-1), negative.sum(axis=-1)
    with np.errstate(divide="ignore", invalid="ignore"):
        below = (np.cumsum(negative, axis=-1) - negative / 2) / n[..., None]
        above = 1 - (np.cumsum(positive, axis=-1) - positive / 2) / m[..., None]
        auc = (positive * below).sum(axis=-1) / m
        of_positives = (positive * (below - auc[..., None]) ** 2).sum(axis=-1) / (m - 1) / m
        of_negatives = (negative * (above - auc[..., None]) ** 2).sum(axis=-1) / (n - 1) / n
        carried = (m > 1) & (n > 1)
        return Measured(np.where(carried, auc, np.nan), np.where(carried, np.sqrt(of_positives + of_negatives), np.nan))


def _expected(p: Floats) -> tuple[float, float, float, float]:
    """Sums over rows of the expectation of (p-y)², its square, -ln and its square, y being 1 with probability p."""
    hit, miss = surprise(p), surprise(1 - p)
    return (
        float((p * (1 - p)).sum()),
        float((p * (1 - p) ** 4 + (1 - p) * p**4).sum()),
        float((p * hit + (1 - p) * miss).sum()),
        float((p * hit**2 + (1 - p) * miss**2).sum()),
    )
