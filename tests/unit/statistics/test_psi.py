"""The population stability index by hand, and what must hold of it."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from shared.statistics.psi import psi

counts = arrays(np.float64, 6, elements=st.integers(0, 500).map(float))


def test_two_bins_by_hand() -> None:
    assert psi(np.array([50.0, 50]), np.array([40.0, 60])) == pytest.approx(0.0405465, abs=1e-7)


def test_nothing_moved_where_shares_are_equal() -> None:
    assert psi(np.array([1.0, 2, 3]), np.array([10.0, 20, 30])) == pytest.approx(0)


def test_an_empty_bin_counts_as_half_a_row() -> None:
    assert psi(np.array([50.0, 50]), np.array([100.0, 0])) == pytest.approx(0.5 * np.log(2) - 0.495 * np.log(0.01))


def test_no_rows_have_not_moved() -> None:
    assert psi(np.array([5.0, 5]), np.zeros(2)) == 0


@given(counts, counts)
def test_it_is_never_below_zero_and_the_same_both_ways(before: np.ndarray, after: np.ndarray) -> None:
    assert psi(before, after) >= 0
    assert psi(before, after) == pytest.approx(psi(after, before))
