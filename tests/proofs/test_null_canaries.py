"""Null canaries: harmless versions are taken back no more often than they may be, harmful ones are found.

1,000 canaries each, a look a minute: shares that are unequal, errors that are rare, batches that come late.
"""

from dataclasses import dataclass

import numpy as np
import pytest

from shared.statistics.eprocess import Evidence, Failures, grown, rows_to_show

pytestmark = pytest.mark.slow

WORSE_BY, FALSE_ALARMS = 0.02, 0.05
CANARIES = 1000


@dataclass(frozen=True, slots=True)
class Traffic:
    """Rows a look, the looks of a bake, the challenger's share, and every how many looks a batch comes."""

    rows: float
    looks: int
    share: float
    batch: int = 1


def alarmed(traffic: Traffic, usual: float, worse: float, canaries: int = CANARIES) -> float:
    """The share of canaries that are taken back, when these are the rates at which the arms fail."""
    drawn = np.random.default_rng(7)
    size = (canaries, traffic.looks)
    rows = drawn.poisson(traffic.rows, size)
    tried = drawn.binomial(rows, traffic.share)
    arms = rows - tried, drawn.binomial(rows - tried, usual), tried, drawn.binomial(tried, worse)
    totals = np.stack([arm.cumsum(axis=1) for arm in arms], axis=2)
    return float(np.mean([_alarms(canary[traffic.batch - 1 :: traffic.batch]) for canary in totals.tolist()]))


def _alarms(looks: list[list[int]]) -> bool:
    evidence = Evidence()
    for rows, failed, tried, broken in looks:
        evidence = grown(evidence, Failures(rows, failed), Failures(tried, broken), WORSE_BY)
        if evidence.alarms(WORSE_BY, FALSE_ALARMS):
            return True
    return False


@pytest.mark.parametrize("rate", [0.0005, 0.01, 0.05, 0.3])
@pytest.mark.parametrize(
    "traffic",
    [
        Traffic(rows=20, looks=60, share=0.2),
        Traffic(rows=200, looks=60, share=0.2),
        Traffic(rows=200, looks=60, share=0.02),
        Traffic(rows=50, looks=60, share=0.5),
        Traffic(rows=50, looks=60, share=0.2, batch=15),
    ],
    ids=["few rows", "a fifth", "one in fifty", "half", "late batches"],
)
def test_a_harmless_version_is_taken_back_in_five_percent_at_the_most(traffic: Traffic, rate: float) -> None:
    assert alarmed(traffic, rate, rate) <= FALSE_ALARMS


@pytest.mark.parametrize("share", [0.1, 0.2, 0.5])
@pytest.mark.parametrize("usual", [0.0, 0.001, 0.05])
def test_rows_that_should_show_twice_the_harm_do(usual: float, share: float) -> None:
    rows = rows_to_show(2 * WORSE_BY, usual, share, FALSE_ALARMS)
    assert alarmed(Traffic(rows / 20, 20, share), usual, usual + 2 * WORSE_BY, 400) >= 0.8


@pytest.mark.parametrize("share", [0.1, 0.2, 0.5])
@pytest.mark.parametrize("usual", [0.0, 0.001, 0.05])
def test_rows_that_should_show_the_harm_itself_mostly_do(usual: float, share: float) -> None:
    """Half of all samples look less harmful than they are, and are let pass: the power is 0.6 to 0.8, not 0.8."""
    rows = rows_to_show(WORSE_BY, usual, share, FALSE_ALARMS)
    assert alarmed(Traffic(rows / 20, 20, share), usual, usual + WORSE_BY, 400) >= 0.55


def test_of_versions_that_are_worse_by_half_of_what_they_may_be_four_in_five_are_let_pass() -> None:
    assert alarmed(Traffic(200, 60, 0.2), 0.001, 0.001 + WORSE_BY / 2, 400) <= 0.2


def test_a_drill_is_noticed_after_a_hundred_rows() -> None:
    assert alarmed(Traffic(10, 10, 0.2), 0.0, 1 / 3, 400) >= 0.8
