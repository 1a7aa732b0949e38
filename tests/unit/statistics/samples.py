"""Answers to score: seeded, with ties, and as far from perfect as a real model's."""

import numpy as np

from shared.statistics.answers import Answers

BINARY = ("roc_auc", "average_precision", "brier", "log_loss", "accuracy", "precision", "recall", "f1")
MULTICLASS = ("log_loss", "accuracy", "macro_f1")
REGRESSION = ("rmse", "mae", "r2")


def binary(rows: int, seed: int = 0, threshold: float = 0.4) -> Answers:
    """Calibrated probabilities in steps of one fiftieth, a third of them of a positive row."""
    draw = np.random.default_rng(seed)
    probability = np.round(draw.beta(1.2, 2.4, rows), 2) * 0.96 + 0.02
    return Answers((draw.random(rows) < probability).astype(np.float64), probability, threshold)


def noisier(answers: Answers, seed: int = 1) -> Answers:
    """Another version's answers to the same rows: the same probabilities, blurred."""
    blur = np.random.default_rng(seed).normal(0, 0.1, len(answers.truth))
    return Answers(answers.truth, np.clip(answers.score + blur, 0.01, 0.99), answers.threshold)


def multiclass(rows: int, seed: int = 0) -> Answers:
    """Three classes, the truth drawn from the probabilities."""
    draw = np.random.default_rng(seed)
    probability = draw.dirichlet((2.0, 1.0, 0.7), rows)
    truth = (probability.cumsum(axis=1) < draw.random((rows, 1))).sum(axis=1)
    return Answers(truth.astype(np.float64), probability)


def regression(rows: int, seed: int = 0) -> Answers:
    """Values with errors of a third of their spread."""
    draw = np.random.default_rng(seed)
    score = draw.normal(10, 3, rows)
    return Answers(score + draw.normal(0, 1, rows), score)
