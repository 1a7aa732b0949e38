"""Profiles are exact counts that add up."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.domain.profile import (
    CELLS,
    TOP,
    Categories,
    ColumnProfile,
    Numbers,
    Profile,
    bin_of,
    categories,
    cell_of,
    from_json,
    merged,
    to_json,
    top_of,
)

EDGES = (10.0, 20.0)
words = st.lists(st.text(min_size=1, max_size=3), max_size=30)


def hour(carriers: list[str]) -> Profile:
    counts = {carrier: carriers.count(carrier) for carrier in carriers}
    columns: dict[str, ColumnProfile] = {
        "carrier": categories(counts, ("AA", "DL")),
        "distance": Numbers(EDGES, (len(carriers), 0, 1), 2),
    }
    return Profile(len(carriers), columns, Numbers((), (len(carriers),)))


def test_a_bin_begins_at_its_edge_and_the_ends_are_open() -> None:
    assert [bin_of(EDGES, value) for value in (-1e300, 9.99, 10, 19, 20, 1e300)] == [0, 0, 1, 1, 2, 2]


def test_the_top_is_the_most_frequent_with_ties_by_name() -> None:
    assert top_of({"b": 2, "a": 2, "c": 5}) == ("c", "a", "b")
    assert len(top_of({str(number): 1 for number in range(200)})) == TOP


def test_a_value_outside_the_top_is_counted_in_its_cell() -> None:
    counted = categories({"AA": 3, "ZZ": 2}, ("AA", "DL"))
    assert (counted.counts, counted.cells[cell_of("ZZ")], sum(counted.cells)) == ((3, 0), 2, 2)
    assert len(counted.cells) == CELLS


def test_a_cell_is_the_same_in_every_process() -> None:
    assert cell_of("abc") == 0xBA  # SHA-256("abc") = ba7816bf…, FIPS 180-2


@given(words, words)
def test_two_hours_add_up_to_the_profile_of_both(one: list[str], other: list[str]) -> None:
    both = merged(hour(one), hour(other))
    assert both.columns["carrier"] == hour(one + other).columns["carrier"]
    assert both.columns["distance"] == Numbers(EDGES, (len(one + other), 0, 2), 4)
    assert both.rows == len(one + other)


@given(words, words, words)
def test_the_order_of_hours_is_of_no_account(a: list[str], b: list[str], c: list[str]) -> None:
    assert merged(merged(hour(a), hour(b)), hour(c)) == merged(hour(c), merged(hour(b), hour(a)))


@pytest.mark.parametrize("other", [Numbers((1.0,), (0, 0)), Categories((), (), (0,) * CELLS)])
def test_profiles_of_two_references_do_not_add_up(other: Numbers | Categories) -> None:
    with pytest.raises(ValueError, match="one reference"):
        merged(Profile(0, {"x": Numbers((), (0,))}, other), Profile(0, {"x": other}, other))


def test_profiles_of_other_columns_do_not_add_up() -> None:
    with pytest.raises(ValueError, match="same columns"):
        merged(hour(["AA"]), Profile(0, {}, Numbers((), (0,))))


@given(words)
def test_a_profile_comes_back_from_its_document(carriers: list[str]) -> None:
    assert from_json(to_json(hour(carriers))) == hour(carriers)
