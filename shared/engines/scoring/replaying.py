"""Replaying: rows as they were captured → a version's scores, whatever it makes of them."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from shared.domain.errors import RowsRefused
from shared.domain.signature import Signature
from shared.domain.spec import Task
from shared.engines.scoring.rows import encode
from shared.engines.scoring.scorer import Scorer

_CHUNK = 1000
"""Rows at once: what a version raises for costs so many rows at the most, as a call would."""

Row = Mapping[str, object]


def replayed(rows: Sequence[Row], scorer: Scorer) -> NDArray[np.float64]:
    """(n) rows → (n, k) scores; NaN where the version does not take the row, or gives no number for it."""
    features = replace(scorer.signature, inputs=scorer.signature.features)
    taken = [_taken(row, features) for row in rows]
    fit = [place for place, row in enumerate(taken) if _fits(row, features)]
    scores = np.full((len(rows), _width(features)), np.nan)
    for start in range(0, len(fit), _CHUNK):
        places = fit[start : start + _CHUNK]
        scores[places] = _scored([taken[place] for place in places], scorer, features)
    scores[~np.isfinite(scores).all(axis=1)] = np.nan
    return scores


def decisions(scores: NDArray[np.float64], scorer: Scorer) -> NDArray[np.int64]:
    """(n, k) finite scores → the class that each row is called; a regression calls none."""
    output = scorer.signature.output
    if output.task is Task.BINARY:
        return np.asarray(scores[:, 0] >= (0.5 if output.threshold is None else output.threshold), np.int64)
    if output.task is Task.MULTICLASS:
        return np.asarray(scores.argmax(axis=1), np.int64)
    return np.zeros(len(scores), np.int64)


def _taken(row: Row, signature: Signature) -> Row:
    """The row's features: other columns may have been captured in disguise."""
    return {column.name: row[column.name] for column in signature.inputs if column.name in row}


def _fits(row: Row, signature: Signature) -> bool:
    try:
        encode([row], signature)
    except RowsRefused:
        return False
    return True


def _scored(rows: Sequence[Row], scorer: Scorer, signature: Signature) -> NDArray[np.float64]:
    try:
        return scorer.score(encode(rows, signature)).reshape(len(rows), -1)
    except Exception:  # noqa: BLE001  # whatever it raises, these rows have no answer, and are counted so
        return np.full((len(rows), _width(signature)), np.nan)


def _width(signature: Signature) -> int:
    return len(signature.output.classes) if signature.output.task is Task.MULTICLASS else 1
