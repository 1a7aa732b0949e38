"""Population stability index: how far counts have moved between the bins of a reference."""

import numpy as np

from shared.statistics.answers import Floats

_EMPTY = 0.5
"""A bin that one side has no rows in counts as half a row there, so that no logarithm is infinite."""


def psi(expected: Floats, actual: Floats) -> Floats:
    """Sum over bins of (a - e) · ln(a / e), a and e the shares of both counts (…, bins); 0 where a side has no rows.

    N. Siddiqi, Credit Risk Scorecards, 2006; below 0.1 is read as stable, above 0.25 as moved. Its size under no change
    depends on the rows: B. Yurdakul, J. Naranjo, Journal of Risk Model Validation 14 (2020). A bin that both sides have
    no rows in says nothing.
    """
    totals = expected.sum(axis=-1, keepdims=True), actual.sum(axis=-1, keepdims=True)
    e, a = (
        np.maximum(counts, _EMPTY) / np.maximum(total, 1)
        for counts, total in zip((expected, actual), totals, strict=True)
    )
    moved = np.where((expected > 0) | (actual > 0), (a - e) * np.log(a / e), 0.0).sum(axis=-1)
    return np.asarray(np.where((totals[0] * totals[1])[..., 0] > 0, moved, 0.0))
