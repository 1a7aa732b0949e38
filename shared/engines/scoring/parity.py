"""Parity: what serves must answer as what was trained."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from shared.domain.artifact import Golden, Manifest
from shared.domain.errors import ArtifactRefused, Problem
from shared.domain.spec import Task
from shared.engines.scoring.batch import Batch
from shared.engines.scoring.rows import encode
from shared.engines.scoring.scorer import Scorer

FAR = 1e-4
"""A golden row whose answer is further than this from the one kept with it: another model, or another machine."""


def verified(body: bytes, manifest: Manifest) -> Scorer:
    """An artifact, ready to answer: it loads, and its golden rows come out as they must; raises ArtifactRefused."""
    scorer = Scorer(body, manifest.signature)
    gap = golden_gap(scorer, manifest.golden) if manifest.golden else 0.0
    if not gap <= FAR:
        problem = Problem("/golden", "another answer than was kept", f"{gap:.1e} apart", f"at most {FAR:g}")
        raise ArtifactRefused("the model does not answer its golden rows as it must", problem)
    return scorer


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
