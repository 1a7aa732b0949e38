"""How far a binary model's probabilities mean what they say."""

from collections.abc import Iterator

from shared.domain.scores import Calibration, Measure, ReliabilityBin
from shared.statistics import calibration
from shared.statistics.answers import Answers, Unmeasurable


def calibrate(answers: Answers) -> Calibration:
    """Reliability bins, calibration error, calibration in the large, and the slope where one exists."""
    bins = calibration.reliability(answers.truth, answers.score)
    error = calibration.error(bins)
    measures = (
        Measure("calibration_error", error, error, error),
        Measure("calibration_in_the_large", *calibration.in_the_large(answers.truth, answers.score)),
        *_slope(answers),
    )
    return Calibration(tuple(ReliabilityBin(*each) for each in bins), measures)


def _slope(answers: Answers) -> Iterator[Measure]:
    try:
        yield Measure("calibration_slope", *calibration.slope(answers.truth, answers.score))
    except Unmeasurable:
        return
