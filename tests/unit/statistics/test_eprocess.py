"""E-process: two streams of failures, looked at as often as one likes."""

from itertools import product
from math import comb, exp, log

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.statistics.eprocess import Evidence, Failures, grown, rows_to_show, smallest_effect

RATES = st.floats(min_value=0, max_value=1)


def looked(*looks: tuple[int, int, int, int]) -> Evidence:
    """The evidence after looks at champion's rows and failures, challenger's rows and failures, in total each."""
    evidence = Evidence()
    for rows, failed, tried, broken in looks:
        evidence = grown(evidence, Failures(rows, failed), Failures(tried, broken), 0.02)
    return evidence


def probability(failed: int, rows: int, rate: float) -> float:
    return comb(rows, failed) * rate**failed * (1 - rate) ** (rows - failed)


@given(RATES, RATES)
def test_under_the_null_the_mean_of_a_block_is_at_most_one(one: float, other: float) -> None:
    usual, no_worse = max(one, other), min(one, other)
    mean = sum(
        probability(failed, 6, usual) * probability(broken, 5, no_worse) * exp(looked((6, failed, 5, broken)).log_e)
        for failed, broken in product(range(7), range(6))
    )
    assert mean <= 1 + 1e-9


@given(RATES)
def test_under_the_null_the_mean_stays_at_most_one_after_a_second_block(rate: float) -> None:
    first = (5, 1, 4, 2)
    before = exp(looked(first).log_e)
    mean = sum(
        probability(failed, 5, rate)
        * probability(broken, 4, rate)
        * exp(looked(first, (10, 1 + failed, 8, 2 + broken)).log_e)
        for failed, broken in product(range(6), range(5))
    )
    assert mean <= before * (1 + 1e-9)


def test_a_broken_version_alarms_at_the_first_look() -> None:
    assert looked((200, 0, 50, 17)).alarms(0.02, 0.05)


def test_two_versions_that_fail_alike_never_alarm() -> None:
    looks = [(800 * look, 8 * look, 200 * look, 2 * look) for look in range(1, 50)]
    assert all(not looked(*looks[:end]).alarms(0.02, 0.05) for end in range(1, len(looks)))


def test_a_version_that_fails_less_is_no_harm() -> None:
    assert looked((200, 60, 200, 0)).log_e < 0


def test_a_difference_that_is_allowed_is_no_alarm_however_sure_it_is() -> None:
    sure = looked(*((100_000 * look, 0, 100_000 * look, 1000 * look) for look in range(1, 9)))
    assert sure.log_e > log(1 / 0.05)
    assert not sure.alarms(0.02, 0.05)


@pytest.mark.parametrize(
    "again",
    [(100, 2, 50, 1), (90, 2, 40, 1), (100, 1, 60, 1), (1000, 2, 50, 1)],
    ids=["the same", "fewer rows", "fewer failures", "rows of one arm alone"],
)
def test_a_look_that_shows_nothing_new_changes_nothing(again: tuple[int, int, int, int]) -> None:
    first = (100, 2, 50, 1)
    assert looked(first, again) == looked(first)


def test_what_was_less_than_a_block_counts_at_a_later_look() -> None:
    assert looked((3, 0, 3, 3), (80, 0, 20, 10)) == looked((80, 0, 20, 10))


@given(st.integers(1, 10**6), st.floats(0, 1), st.integers(1, 10**6), st.floats(0, 1))
def test_whatever_comes_the_evidence_is_a_number(rows: int, failed: float, tried: int, broken: float) -> None:
    evidence = looked((rows, int(rows * failed), tried, int(tried * broken)))
    assert -10 < evidence.log_e < 1e8


def test_a_larger_share_and_a_larger_effect_take_fewer_rows() -> None:
    assert rows_to_show(0.02, 0.001, 0.5, 0.05) < rows_to_show(0.02, 0.001, 0.1, 0.05)
    assert rows_to_show(0.1, 0.001, 0.2, 0.05) < rows_to_show(0.02, 0.001, 0.2, 0.05)


def test_the_smallest_effect_is_the_one_that_takes_all_the_rows() -> None:
    effect = smallest_effect(1000, 0.001, 0.2, 0.05)
    assert rows_to_show(effect, 0.001, 0.2, 0.05) <= 1000 < rows_to_show(effect - 0.001, 0.001, 0.2, 0.05)


def test_a_handful_of_rows_can_show_nothing() -> None:
    assert smallest_effect(3, 0.001, 0.2, 0.05) == 1
