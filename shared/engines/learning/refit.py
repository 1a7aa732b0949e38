"""Refit: the winner on every training row, exported, with what is needed to check the export."""

from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from shared.domain.artifact import Golden
from shared.domain.signature import Signature
from shared.domain.spec import Spec
from shared.domain.trial import Candidate
from shared.engines.learning.export import exported
from shared.engines.learning.fit import fit
from shared.engines.learning.signing import golden, signature
from shared.engines.learning.table import training_rows
from shared.statistics.answers import Answers
from shared.statistics.metrics import value

_GOLDEN = 8
_CHECKED = 20_000


@dataclass(frozen=True, slots=True)
class Fitted:
    """What the fit gave; `out_of_fold` is the spec's metric on all such answers, at the signature's threshold."""

    signature: Signature
    out_of_fold: float
    golden: tuple[Golden, ...]
    train_rows: int


def refit(dataset: Path, spec: Spec, winner: Candidate, out_of_fold: NDArray[np.float64], into: Path) -> Fitted:
    """Fits the winner once and writes into the folder; `out_of_fold` is that of its trial on the last rung.

    model.onnx: the artifact. parity_rows.npy and parity_answers.npy: up to 20,000 training rows (places in the dataset)
    and the model's own answers to them, float64, which the artifact must give too. Same input, same bytes.
    """
    table = training_rows(dataset, spec)
    model = fit(table, spec, winner)
    signed = signature(spec, table, model.features, out_of_fold)
    (into / "model.onnx").write_bytes(exported(model, signed.features))
    checked = table.take(_spread(len(table.target), _CHECKED))
    np.save(into / "parity_rows.npy", checked.rows, allow_pickle=False)
    np.save(into / "parity_answers.npy", model.answers(checked), allow_pickle=False)
    judged = Answers(table.target, out_of_fold, 0.5 if signed.output.threshold is None else signed.output.threshold)
    examples = golden(model, table.take(_spread(len(table.target), _GOLDEN)), signed)
    return Fitted(signed, value(spec.metric, judged), examples, len(table.target))


def _spread(rows: int, most: int) -> NDArray[np.int64]:
    """Up to so many places, evenly over the rows."""
    return np.unique(np.linspace(0, rows - 1, most).astype(np.int64)) if rows > most else np.arange(rows)
