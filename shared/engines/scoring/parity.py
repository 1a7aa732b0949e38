"""Parity: what serves must answer as what was trained."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from shared.domain.artifact import Golden
from shared.domain.spec import Task
from shared.engines.scoring.batch import Batch
from shared.engines.scoring.rows import encode
from shared.engines.scoring.scorer import Scorer


def parity(scorer: Scorer, batch: Batch, expected: NDArray[np.float64]) -> float:
    """The largest gap between the artifact's answers and the trained model's; of values, by the largest of them."""
    gap = float(np.abs(scorer.score(batch) - expected).max())
    scale = float(np.abs(expected).max()) if scorer.signature.output.task is Task.REGRESSION else 1.0
    return gap / (scale or 1.0)


def golden_gap(scorer: Scorer, golden: Sequence[Golden]) -> float:
    """The same for golden rows, which come through the door that callers use."""
    batch = encode([example.row for example in golden], scorer.signature)
    expected = np.array([example.output for example in golden], dtype=np.float64)
    return parity(scorer, batch, expected[:, 0] if expected.shape[1] == 1 else expected)
