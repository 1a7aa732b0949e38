"""Vectors over the bins of a reference: exact counts that sum."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.domain.profile import CELLS, Categories, Numbers, Profile, categories, cell_of
from shared.statistics.profile import Counts, columns, counted, expected, placed, size, spans, summed, unseen

REFERENCE = Profile(
    10,
    {"carrier": categories({"AA": 5, "UA": 3}, missing=2), "miles": Numbers((10.0, 20.0), (4, 3, 2), 1)},
    categories({"0": 7, "1": 3}),
)
CROWDED = Categories(("AA",), (5,), tuple(int(cell == cell_of("N1")) for cell in range(CELLS)), others=("N1",))
NAN = float("nan")

rows = st.lists(
    st.tuples(
        st.sampled_from(["AA", "UA", "ZZ", "", None]), st.floats(-50, 50) | st.just(NAN), st.floats(0, 1, width=32)
    ),
    max_size=30,
)


Flights = list[tuple[str | None, float, float]]


def vector(of: Flights) -> Counts:
    carriers, miles, scores = zip(*of, strict=True) if of else ((), (), ())
    return counted(REFERENCE, {"carrier": carriers, "miles": miles, "prediction": scores})


def test_columns_lie_end_to_end_with_the_prediction_last() -> None:
    assert list(spans(REFERENCE)) == ["carrier", "miles", "prediction"]
    assert size(REFERENCE) == (2 + CELLS + 2) + (3 + 1) + (20 + 1)


def test_a_bin_begins_at_its_edge_and_the_ends_are_open() -> None:
    found = columns(REFERENCE, counted(REFERENCE, {"miles": [-1e300, 9.99, 10, 19, 20, 1e300, NAN]}))
    assert found["miles"].tolist() == [2, 2, 2, 1]


def test_words_have_bins_of_their_own_and_others_share_cells() -> None:
    found = columns(REFERENCE, counted(REFERENCE, {"carrier": ["AA", "UA", "AA", "ZZ", None, ""]}))["carrier"]
    assert found[:2].tolist() == [2, 1]
    assert found[2 + cell_of("ZZ")] == 1
    assert (found[-1], found.sum()) == (2, 6)


def test_unseen_is_what_the_reference_never_held() -> None:
    crowded = Profile(6, {"tail": CROWDED}, categories({}))
    words = ["AA", "N1", "N2", "N2", None]
    assert unseen(crowded, counted(crowded, {"tail": words})) == {"tail": 2}


def test_without_names_an_empty_cell_tells_the_unseen() -> None:
    nameless = Profile(6, {"tail": Categories(CROWDED.top, CROWDED.counts, CROWDED.cells)}, categories({}))
    assert cell_of("N2") != cell_of("N1")
    assert unseen(nameless, counted(nameless, {"tail": ["AA", "N1", "N2"]})) == {"tail": 1}


def test_the_reference_lies_over_its_own_bins() -> None:
    found = columns(REFERENCE, expected(REFERENCE))
    assert found["carrier"][[0, 1, -1]].tolist() == [5, 3, 2]
    assert found["miles"].tolist() == [4, 3, 2, 1]
    assert found["prediction"].sum() == 0


def test_a_column_that_is_not_given_is_not_counted() -> None:
    found = columns(REFERENCE, counted(REFERENCE, {"miles": [15.0]}))
    assert (found["miles"].sum(), found["carrier"].sum(), found["prediction"].sum()) == (1, 0, 0)
    assert counted(REFERENCE, {}).tolist() == [0] * size(REFERENCE)


def test_probabilities_are_counted_in_twentieths() -> None:
    found = columns(REFERENCE, counted(REFERENCE, {"prediction": [0.0, 0.049, 0.05, 0.999, 1.0]}))["prediction"]
    assert found.tolist() == [2, 1, *[0] * 17, 2, 0]


@pytest.mark.parametrize("windows", [(), (3,), (2, 3)])
def test_many_vectors_are_read_at_once(windows: tuple[int, ...]) -> None:
    many = np.broadcast_to(vector([("AA", 15.0, 0.5), ("ZZ", NAN, 0.5)]), (*windows, size(REFERENCE)))
    assert columns(REFERENCE, many)["miles"].shape == (*windows, 4)
    assert unseen(REFERENCE, many)["carrier"].tolist() == np.ones(windows).tolist()


@given(rows, rows)
def test_two_hours_sum_to_the_vector_of_both(one: Flights, two: Flights) -> None:
    assert np.add(vector(one), vector(two)).tolist() == vector(one + two).tolist()


@given(rows, st.integers(1, 5))
def test_groups_of_rows_are_counted_apart(table: Flights, count: int) -> None:
    groups = np.arange(len(table)) % count
    carriers, miles, scores = zip(*table, strict=True) if table else ((), (), ())
    places = placed(REFERENCE, {"carrier": carriers, "miles": miles, "prediction": scores})
    apart = [vector(table[group::count]).tolist() for group in range(count)]
    assert summed(REFERENCE, places, groups, count).tolist() == apart
