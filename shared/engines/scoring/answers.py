"""Scores → what a caller is told: a value in the target's own type, and a probability a class."""

from collections.abc import Callable, Iterator, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from shared.domain.signature import Output
from shared.domain.spec import Task

Scores = NDArray[np.float64]
Value = bool | str | float
Answer = tuple[Value, Mapping[str, float] | None]
"""A value, and a probability a class where there are classes."""

Score = float | Sequence[float]
"""The probability of the positive class, those of all classes, or the value."""

DECIMALS = 7
"""What is left of a probability in float32."""


def answers(scores: Scores, output: Output) -> Iterator[Answer]:
    """Of n rows' scores, as `Scorer.score` gives them, the n answers."""
    return _TOLD[output.task](scores, output)


def score(answer: Answer, output: Output) -> Score:
    """What an answer was made from, with the digits that a caller gets."""
    value, probabilities = answer
    if probabilities is None:
        return float(value)
    return probabilities[output.classes[1]] if output.task is Task.BINARY else tuple(probabilities.values())


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
