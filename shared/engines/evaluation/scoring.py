"""All that is measured of a candidate on the test rows, in one call."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from shared.domain.scores import METRICS, Scores
from shared.domain.spec import Spec, Task
from shared.engines.evaluation.calibrating import calibrate
from shared.engines.evaluation.measuring import compare, measure
from shared.engines.evaluation.slicing import Grouping, slices
from shared.statistics.answers import Answers


@dataclass(frozen=True, slots=True)
class Rival:
    """The champion's answers to the same rows, in the same order."""

    version: int
    answers: Answers


def scores(
    spec: Spec, candidate: Answers, champion: Rival | None, by: Mapping[str, Grouping], generator: np.random.Generator
) -> Scores:
    """Every metric of the task, its difference to the champion if one serves, slices, and calibration if binary.

    `by` holds the columns that the spec slices by, in the order of the rows. Unmeasurable where these rows cannot carry
    a metric. What was read elsewhere (latency, size, parity) is added by the caller.
    """
    names = METRICS[spec.task]
    leading = spec.metric or names[0]
    fewest = spec.evaluate.slices.rows.min if spec.evaluate.slices else 0
    groups, left_out = slices(leading, candidate, by, fewest, generator)
    return Scores(
        metric=leading,
        rows=len(candidate.truth),
        measures=measure(names, candidate, generator),
        comparisons=compare(names, candidate, champion.answers, generator) if champion else (),
        slices=groups,
        left_out=left_out,
        calibration=calibrate(candidate) if spec.task is Task.BINARY else None,
        champion=champion.version if champion else None,
    )
