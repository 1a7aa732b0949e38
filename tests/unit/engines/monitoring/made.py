"""Counts of a column and sums of answers, hour by hour, as chance makes them."""

import numpy as np
from numpy.typing import NDArray

from shared.domain.profile import Numbers, Profile, categories
from shared.engines.monitoring import Hours, Reference
from shared.engines.monitoring.hours import Sums
from shared.statistics import performance
from shared.statistics import profile as vectors

BINS = Profile(1000, {"colour": categories({"red": 500, "blue": 300, "green": 200})}, Numbers((0.5,), (800, 200)))
COLOURS = np.array([0.5, 0.3, 0.2])
SCORES = np.array([0.1, 0.2, 0.4])
DEVIATION = 0.04


def hours(
    weeks: int, seed: int, an_hour: int = 40, colours: NDArray[np.float64] = COLOURS, worse: float = 0.0
) -> Hours:
    """Each colour has its score; days differ by chance in how many turn out positive, `worse` more than foretold."""
    drawn = np.random.default_rng(seed)
    count = weeks * 168
    rows = drawn.multinomial(an_hour, colours, size=count)
    weather = np.repeat(drawn.normal(0, DEVIATION, -(-count // 24)), 24)[:count]
    chance = np.clip(SCORES + weather[:, None] + worse, 0, 1)
    positive = drawn.binomial(rows, chance)
    answers = np.zeros((count, len(_unit(1.0))))
    for colour, score in enumerate(SCORES.tolist()):
        answers += positive[:, [colour]] * _unit(score, 1.0) + (rows - positive)[:, [colour]] * _unit(score, 0.0)
    counts = np.zeros((count, vectors.size(BINS)))
    for place, name in enumerate(("red", "blue", "green")):
        counts += rows[:, [place]] * vectors.counted(BINS, {"colour": [name], "prediction": SCORES[[place]]})
    full = np.full(count, float(an_hour))
    return Hours(0, Sums(full, full, counts, answers))


def reference(weeks: int = 13, seed: int = 1, an_hour: int = 40) -> Reference:
    """Quiet weeks that a version was made of."""
    return Reference(BINS, ("colour",), hours(weeks, seed, an_hour))


def _unit(score: float, actual: float = 1.0) -> NDArray[np.float64]:
    return performance.summed("binary", np.array([score]), np.array([actual]))
