"""The counts of one data version over the bins of another: exact by name, and close between percentiles; their PSI."""

from collections import Counter
from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from shared.domain import bins
from shared.domain.bins import moved, over
from shared.domain.profile import CELLS, Numbers, Profile, categories, cell_of
from shared.engines.tables.profiling import numbers
from shared.statistics.profile import counted
from shared.statistics.psi import psi

finite = st.lists(st.floats(-1e6, 1e6, allow_nan=False), min_size=1, max_size=80)
words = st.lists(st.sampled_from("abcdefgh"), min_size=1, max_size=40)
pairs_of_counts = st.lists(st.tuples(*[st.integers(0, 10**6) | st.floats(1e-6, 1e6)] * 2), min_size=1, max_size=40)

NORMAL, SKEW = np.random.Generator.normal, np.random.Generator.lognormal


def exact(reference: Numbers, values: NDArray[np.float64]) -> NDArray[np.uint32]:
    """The same values, one by one over the reference's bins."""
    return counted(Profile(1, {"x": reference}, reference), {"x": values})[: len(reference.counts) + 1]


@given(pairs_of_counts)
def test_the_psi_is_the_one_of_arrays(counts: list[tuple[float, float]]) -> None:
    expected, actual = zip(*counts, strict=True)
    theirs = float(psi(np.array(expected, np.float64), np.array(actual, np.float64)))
    assert bins.psi(expected, actual) == pytest.approx(theirs, rel=1e-12)


@pytest.mark.parametrize("sides", [([5, 5], [0, 0]), ([0, 0], [5, 5]), ([0, 0], [0, 0]), ([], [])])
def test_no_rows_have_not_moved(sides: tuple[list[int], list[int]]) -> None:
    assert bins.psi(*sides) == 0


@given(finite, st.integers(0, 3))
def test_numbers_over_their_own_bins_are_what_they_were(values: list[float], missing: int) -> None:
    column = numbers(np.array([*values, *[np.nan] * missing]))
    assert over(column, column) == (*column.counts, missing)
    assert moved(column, column) == 0


@given(words, st.integers(0, 3))
def test_words_over_their_own_bins_are_what_they_were(values: list[str], missing: int) -> None:
    column = categories(Counter(values), missing)
    assert over(column, column) == (*column.counts, *column.cells, missing)
    assert moved(column, column) == 0


@given(finite, finite)
def test_no_number_is_lost_or_counted_twice(was: list[float], now: list[float]) -> None:
    counts = over(numbers(np.array(was)), numbers(np.array(now)))
    assert min(counts) >= 0
    assert sum(counts) == pytest.approx(len(now))


@pytest.mark.parametrize("values", [(1.0, 2.0, 3.0), (1000.0, 2000.0), (-5.0,)])
def test_few_values_lie_exactly(values: tuple[float, ...]) -> None:
    reference = numbers(np.arange(100.0))
    assert over(reference, numbers(np.array(values))) == pytest.approx(exact(reference, np.array(values)))


@pytest.mark.parametrize(
    ("draw", "shift", "scale"),
    [
        *((NORMAL, shift, scale) for shift, scale in [(0, 1), (0.1, 1), (0.4, 1), (1, 1), (0, 1.5)]),
        *((SKEW, shift, scale) for shift, scale in [(0, 1), (0.1, 1), (1, 1), (0, 1.1), (0, 1.5), (0, 2)]),
    ],
)
def test_a_psi_between_percentiles_is_within_a_hundredth_of_the_exact_one(
    draw: Callable[..., NDArray[np.float64]], shift: float, scale: float
) -> None:
    chance = np.random.default_rng(7)
    was, now = draw(chance, size=20_000), shift + scale * draw(chance, size=20_000)
    reference = numbers(was)
    truth = float(psi(np.array(over(reference, reference)), exact(reference, now).astype(np.float64)))
    assert moved(reference, numbers(now)) == pytest.approx(truth, rel=0.01, abs=0.0005)


def test_without_percentiles_the_deciles_have_to_do() -> None:
    old = Numbers((1.0, 2.0), (3, 4, 5))
    assert over(old, old) == (3, 4, 5, 0)
    assert over(Numbers((1.5,), (1, 1)), old) == (5, 7, 0)
    assert over(Numbers((9.0,), (1, 1)), old) == (7, 5, 0)


def test_a_column_of_nothing_has_only_missing_cells_anywhere() -> None:
    nothing = numbers(np.array([np.nan, np.nan]))
    assert over(numbers(np.arange(20.0)), nothing) == (*[0] * 10, 2)
    assert over(nothing, numbers(np.arange(20.0))) == (20, 0)


@given(words, words)
def test_words_lie_as_if_they_were_counted_there(was: list[str], now: list[str]) -> None:
    reference = categories(Counter(was))
    whole = counted(Profile(1, {"x": reference}, numbers(np.ones(1))), {"x": now})
    assert over(reference, categories(Counter(now))) == tuple(whole[: len(reference.top) + CELLS + 1])


def test_a_word_that_is_new_lies_in_its_cell() -> None:
    counts = over(categories({"AA": 1}), categories({"AA": 2, "ZZ": 3}, missing=4))
    assert (counts[0], counts[1 + cell_of("ZZ")], counts[-1]) == (2, 3, 4)


def test_numbers_and_words_have_no_bins_in_common() -> None:
    with pytest.raises(TypeError, match="no bins in common"):
        over(categories({"AA": 1}), numbers(np.ones(3)))
