"""Every metric of a task with its interval, alone and against another version on the same rows."""

from collections.abc import Sequence

import numpy as np

from shared.domain.scores import Comparison, Measure
from shared.statistics import metrics
from shared.statistics.answers import Answers


def measure(names: Sequence[str], answers: Answers, generator: np.random.Generator) -> tuple[Measure, ...]:
    """Each metric with its 95 % interval; Unmeasurable where the rows cannot carry one."""
    return tuple(Measure(name, *metrics.estimate(name, answers, generator)) for name in names)


def compare(
    names: Sequence[str], candidate: Answers, champion: Answers, generator: np.random.Generator
) -> tuple[Comparison, ...]:
    """Candidate minus champion, paired row by row, with its 95 % interval."""
    return tuple(Comparison(name, *metrics.difference(name, candidate, champion, generator)) for name in names)
