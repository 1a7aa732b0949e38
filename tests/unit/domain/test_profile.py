"""A reference counts its values exactly, and knows them again."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.domain import profile
from shared.domain.profile import (
    CELLS,
    TOP,
    Categories,
    ColumnProfile,
    Numbers,
    Profile,
    categories,
    cell_of,
    empty,
    top_of,
)

words = st.lists(st.text(min_size=1, max_size=3), max_size=30)


def reference(carriers: list[str]) -> Profile:
    counts = {carrier: carriers.count(carrier) for carrier in carriers}
    columns: dict[str, ColumnProfile] = {
        "carrier": categories(counts),
        "distance": Numbers((10.0, 20.0), (len(carriers), 0, 1), 2),
    }
    return Profile(len(carriers), columns, Numbers((), (len(carriers),)))


def test_the_top_is_the_most_frequent_with_ties_by_name() -> None:
    assert top_of({"b": 2, "a": 2, "c": 5}) == ("c", "a", "b")
    assert len(top_of({str(number): 1 for number in range(TOP + 9)})) == TOP


def test_a_value_outside_the_top_is_counted_in_its_cell_and_known_by_name() -> None:
    many = {f"N{number}": TOP + 9 - number for number in range(TOP)} | {"ZZ": 2}
    counted = categories(many)
    assert (counted.cells[cell_of("ZZ")], sum(counted.cells), counted.others) == (2, 2, ("ZZ",))
    assert len(counted.cells) == CELLS


def test_names_are_not_kept_beyond_a_number(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(profile, "MOST_OTHERS", 5)
    counted = categories({str(number): 1 for number in range(TOP + 6)})
    assert (counted.others, sum(counted.cells)) == ((), 6)


def test_a_cell_is_the_same_in_every_process() -> None:
    assert cell_of("abc") == 0xBA  # SHA-256("abc") = ba7816bf…, FIPS 180-2


def test_emptied_bins_are_the_same_bins() -> None:
    assert empty(Numbers((1.0,), (3, 4), 2)) == Numbers((1.0,), (0, 0), 0)
    assert empty(categories({"AA": 3}, 2)) == Categories(("AA",), (0,), (0,) * CELLS)


@given(words)
def test_a_profile_comes_back_from_its_document(carriers: list[str]) -> None:
    assert profile.from_json(profile.to_json(reference(carriers))) == reference(carriers)
