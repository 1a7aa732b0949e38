"""Scoring: rows in a caller's or a dataset's form → a batch → an artifact's answers. numpy and onnxruntime only."""

from shared.engines.scoring.batch import Batch
from shared.engines.scoring.latency import latency
from shared.engines.scoring.parity import golden_gap, parity, verified
from shared.engines.scoring.ready import Ready
from shared.engines.scoring.replaying import decisions, replayed
from shared.engines.scoring.rows import encode
from shared.engines.scoring.scorer import Scorer
from shared.engines.scoring.stored import decode, stored

__all__ = [
    "Batch",
    "Ready",
    "Scorer",
    "decisions",
    "decode",
    "encode",
    "golden_gap",
    "latency",
    "parity",
    "replayed",
    "stored",
    "verified",
]
