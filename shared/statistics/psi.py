"""Population stability index: how far counts have moved between the bins of a reference."""

import numpy as np

from shared.statistics.answers import Floats

_EMPTY = 0.5
"""An empty bin counts as half a row, so that no logarithm is infinite."""


def psi(expected: Floats, actual: Floats) -> float:
    """Sum over bins of (a - e) · ln(a / e), a and e the shares of both counts (bins,); 0 where a side has no rows.

    N. Siddiqi, Credit Risk Scorecards, 2006; below 0.1 is read as stable, above 0.25 as moved. Its size under no change
    depends on the rows: B. Yurdakul, J. Naranjo, Journal of Risk Model Validation 14 (2020).
    """
    if not expected.any() or not actual.any():
        return 0.0
    e, a = (np.maximum(counts, _EMPTY) / counts.sum() for counts in (expected, actual))
    return float(((a - e) * np.log(a / e)).sum())
