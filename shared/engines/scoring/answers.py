"""Scores → what a caller is told: a value in the target's own type, and a probability a class."""

from collections.abc import Callable, Iterator, Mapping

import numpy as np
from numpy.typing import NDArray

from shared.domain.signature import Output
from shared.domain.spec import Task

Scores = NDArray[np.float64]
Value = bool | str | float
Answer = tuple[Value, Mapping[str, float] | None]
"""A value, and a probability a class where there are classes."""

DECIMALS = 7
"""What is left of a probability in float32."""


def answers(scores: Scores, output: Output) -> Iterator[Answer]:
    """Of n rows' scores, as `Scorer.score` gives them, the n answers."""
    return _TOLD[output.task](scores, output)


def _binary(scores: Scores, output: Output) -> Iterator[Answer]:
    """True from the threshold on."""
    negative, positive = output.classes
    threshold = 0.5 if output.threshold is None else output.threshold
    probabilities = zip((1 - scores).round(DECIMALS).tolist(), scores.round(DECIMALS).tolist(), strict=True)
    for value, (no, yes) in zip((scores >= threshold).tolist(), probabilities, strict=True):
        yield value, {negative: no, positive: yes}


def _multiclass(scores: Scores, output: Output) -> Iterator[Answer]:
    """The most probable class."""
    for place, row in zip(scores.argmax(axis=1).tolist(), scores.round(DECIMALS).tolist(), strict=True):
        yield output.classes[place], dict(zip(output.classes, row, strict=True))


def _regression(scores: Scores, _: Output) -> Iterator[Answer]:
    """The value itself, in the target column's unit."""
    for value in scores.tolist():
        yield value, None


_TOLD: Mapping[Task, Callable[[Scores, Output], Iterator[Answer]]] = {
    Task.BINARY: _binary,
    Task.MULTICLASS: _multiclass,
    Task.REGRESSION: _regression,
}
