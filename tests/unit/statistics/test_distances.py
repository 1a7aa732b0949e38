"""How far two rows of counts are apart: by hand, against scipy, and many windows at once."""

from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from numpy.typing import NDArray
from scipy.spatial.distance import jensenshannon
from scipy.stats import chi2_contingency, ks_2samp

from shared.statistics.chi_squared import chi_squared
from shared.statistics.jensen_shannon import jensen_shannon
from shared.statistics.kolmogorov_smirnov import kolmogorov_smirnov
from shared.statistics.psi import psi

Floats = NDArray[np.float64]
counts = arrays(np.float64, 6, elements=st.integers(0, 500).map(float)).filter(lambda each: each.sum() > 0)


def _cramers_v(expected: Floats, actual: Floats) -> Floats:
    return chi_squared(expected, actual).cramers_v


DISTANCES = [psi, jensen_shannon, kolmogorov_smirnov, _cramers_v]


@given(counts, counts)
def test_jensen_shannon_is_scipys(before: Floats, after: Floats) -> None:
    assert jensen_shannon(before, after) == pytest.approx(jensenshannon(before, after, base=2), abs=1e-7)


def test_nothing_in_common_is_a_distance_of_one() -> None:
    apart = np.array([5.0, 0]), np.array([0, 7.0])
    assert [float(distance(*apart)) for distance in (jensen_shannon, kolmogorov_smirnov, _cramers_v)] == pytest.approx(
        [1, 1, 1]
    )


def test_kolmogorov_smirnov_of_ordered_values_is_scipys() -> None:
    drawn = np.random.default_rng(3)
    before, after = drawn.integers(0, 20, 500), drawn.integers(3, 20, 400)
    binned = np.bincount(before, minlength=20).astype(float), np.bincount(after, minlength=20).astype(float)
    assert kolmogorov_smirnov(*binned) == pytest.approx(ks_2samp(before, after).statistic)


@given(counts, counts)
def test_chi_squared_is_scipys(before: Floats, after: Floats) -> None:
    table = np.stack([before, after])[:, (before + after) > 0]
    theirs, ours = chi2_contingency(table, correction=False), chi_squared(before, after)
    assert ours.statistic == pytest.approx(theirs.statistic, abs=1e-9)
    assert float(ours.freedom) == theirs.dof
    assert float(ours.chance) == pytest.approx(theirs.pvalue, abs=1e-9)


def test_cramers_v_of_a_table_by_hand() -> None:
    found = chi_squared(np.array([10.0, 20]), np.array([20.0, 10]))
    assert found.statistic == pytest.approx(20 / 3)
    assert found.cramers_v == pytest.approx(1 / 3)


@pytest.mark.parametrize("distance", DISTANCES)
def test_many_windows_at_once_are_each_as_by_itself(distance: Callable[[Floats, Floats], Floats]) -> None:
    drawn = np.random.default_rng(5)
    before, windows = drawn.integers(0, 90, 7).astype(float), drawn.integers(0, 90, (20, 7)).astype(float)
    np.testing.assert_allclose(distance(before, windows), [distance(before, one) for one in windows])


@pytest.mark.parametrize("distance", DISTANCES)
def test_an_empty_window_is_no_distance_that_warns(distance: Callable[[Floats, Floats], Floats]) -> None:
    assert np.isfinite(distance(np.array([3.0, 4]), np.zeros(2)))


def test_bins_that_both_sides_leave_empty_do_not_count() -> None:
    before, after = np.array([600.0, 400]), np.array([5.0, 5])
    hashed = [np.concatenate([each, np.zeros(256)]) for each in (before, after)]
    assert psi(*hashed) == pytest.approx(psi(before, after))
