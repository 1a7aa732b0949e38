"""E-process: does the challenger fail more rows than the champion? Looked at as often as one likes.

Two streams of rows that fail or do not. The null is that the challenger's rate is no higher than the champion's. What
came since the last look is a block; its e-variable is the likelihood of an alternative, chosen by the blocks before,
over that of the null distribution which is closest to it: one rate for both, their mean weighted by the block's rows.

    Turner, Ly & Grünwald (2024), Generic E-variables for exact sequential k-sample tests that allow for optional
    stopping, Journal of Statistical Planning and Inference 230, 106116.

Under the null each block's mean is at most 1 given the past, so the product is at least 1/alpha at any look with a
probability of at most alpha (Ville): no plan of looks, no sizes and no shares of the blocks enter. A mean of such
products is one, too: half is staked on what the blocks before have shown, at least `effect` above the champion, and
half on an arm that is broken outright, which a few rows show. A part of each stake is held back, so that one large
block, met with a wrong guess, does not lose all.
"""

from dataclasses import dataclass
from math import ceil, exp, log, sqrt

USUAL, WEIGHT = 0.01, 18.0
"""What is thought of both rates before the first row: 1 %, as if 18 rows had shown it (0.18 failures, as they have)."""

BROKEN = 1 / 3
"""How much more an arm fails that is broken outright."""

HELD_BACK = 0.1
"""The part of a stake that no block can lose."""

BLOCK = 4
"""Rows of each arm that make a block: rows of one arm alone are no evidence."""

SURE = 0.8416212335729143
"""The standard normal quantile of 80 %: with which power an effect is said to be shown."""

LEARNING = 0.5
"""What learning the rates costs: so many times the logarithm of the rows, by simulation (tests/proofs)."""

MOST = 1 - 1e-6
"""The highest rate of an alternative."""


@dataclass(frozen=True, slots=True)
class Failures:
    """Rows of one arm, and those of them that failed."""

    rows: int = 0
    failed: int = 0

    @property
    def rate(self) -> float:
        """The share that failed, 0–1; of nothing it is 0."""
        return self.failed / self.rows if self.rows else 0.0

    @property
    def expected(self) -> float:
        """What is thought of the next rows."""
        return (self.failed + USUAL * WEIGHT) / (self.rows + WEIGHT)


@dataclass(frozen=True, slots=True)
class Evidence:
    """What both arms have shown so far; logarithms of the two stakes: on a difference as seen, and on a breakage."""

    champion: Failures = Failures()
    challenger: Failures = Failures()
    seen: float = 0.0
    broken: float = 0.0

    @property
    def log_e(self) -> float:
        """The natural logarithm of the e-process: the mean of the two stakes."""
        highest = max(self.seen, self.broken)
        return highest + log((exp(self.seen - highest) + exp(self.broken - highest)) / 2)

    @property
    def difference(self) -> float:
        """How much more of its rows the challenger failed, −1 to 1."""
        return self.challenger.rate - self.champion.rate

    def alarms(self, effect: float, false_alarms: float) -> bool:
        """Whether e is at least 1/false_alarms, and the difference is one that is looked for."""
        return self.log_e >= log(1 / false_alarms) and self.difference >= effect


def grown(before: Evidence, champion: Failures, challenger: Failures, effect: float) -> Evidence:
    """The evidence after a look at these totals; `effect` (0–1) is the smallest difference that is looked for.

    What came is left for a later look while it is less than a block, or when totals are below what was seen before.
    """
    block = _since(before.champion, champion), _since(before.challenger, challenger)
    if min(arm.rows for arm in block) < BLOCK or min(min(arm.failed, arm.rows - arm.failed) for arm in block) < 0:
        return before
    usual = min(before.champion.expected, MOST - effect)
    worse = min(max(before.challenger.expected, usual + effect), MOST)
    seen = before.seen + _gain(*block, usual, worse)
    return Evidence(champion, challenger, seen, before.broken + _gain(*block, usual, min(usual + BROKEN, MOST)))


def rows_to_show(effect: float, rate: float, share: float, false_alarms: float) -> int:
    """Rows of both arms in which a challenger that fails `effect` more than the champion's `rate` is found in 80 %.

    `share` (0–1, neither end) of the rows is the challenger's. A normal approximation of the e-process's growth.
    """
    mean, variance = _growth(rate, min(rate + effect, MOST), share)
    rows = 1.0
    for _ in range(8):  # the cost of learning hardly moves with the rows: this settles at once
        needed = log(1 / false_alarms) + LEARNING * log(1 + rows * share)
        rows = ((SURE * sqrt(variance) + sqrt(SURE**2 * variance + 4 * mean * needed)) / (2 * mean)) ** 2
    return ceil(rows)


def smallest_effect(rows: int, rate: float, share: float, false_alarms: float) -> float:
    """The smallest difference (0–1) that so many rows of both arms can show, to a thousandth; 1 when none can."""
    effects = (step / 1000 for step in range(1, 1000) if rate + step / 1000 < 1)
    return next((effect for effect in effects if rows_to_show(effect, rate, share, false_alarms) <= rows), 1.0)


def _since(before: Failures, now: Failures) -> Failures:
    return Failures(now.rows - before.rows, now.failed - before.failed)


def _gain(champion: Failures, challenger: Failures, usual: float, worse: float) -> float:
    """The logarithm of what a stake becomes: the block's e-variable, with a part of the stake held back."""
    between = (champion.rows * usual + challenger.rows * worse) / (champion.rows + challenger.rows)
    log_e = _log_ratio(champion, usual, between) + _log_ratio(challenger, worse, between)
    kept, at_stake = log(HELD_BACK), log(1 - HELD_BACK) + log_e
    return max(kept, at_stake) + log(1 + exp(-abs(kept - at_stake)))


def _log_ratio(of: Failures, rate: float, against: float) -> float:
    return of.failed * log(rate / against) + (of.rows - of.failed) * log((1 - rate) / (1 - against))


def _growth(usual: float, worse: float, share: float) -> tuple[float, float]:
    """Mean and variance a row of the e-process's logarithm, when these are the rates."""
    usual = max(usual, 1e-6)
    between = (1 - share) * usual + share * worse
    mean = variance = 0.0
    for part, rate in ((1 - share, usual), (share, worse)):
        failed, fine = log(rate / between), log((1 - rate) / (1 - between))
        mean += part * (rate * failed + (1 - rate) * fine)
        variance += part * rate * (1 - rate) * (failed - fine) ** 2
    return mean, variance
