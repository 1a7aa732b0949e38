"""Ids: each is new, carries its noun, and sorts by the time that it was made."""

import pytest

from shared.adapters.ulid_ids import UlidIds
from shared.domain.names import is_id
from shared.ports.ids import Ids
from tests.fakes.ids import CountingIds


@pytest.fixture(params=[CountingIds, UlidIds])
def ids(request: pytest.FixtureRequest) -> Ids:
    """A source of ids."""
    made: Ids = request.param()
    return made


def test_an_id_carries_its_noun(ids: Ids) -> None:
    assert is_id("run", ids.new("run"))
    assert is_id("ds", ids.new("ds"))


def test_no_id_comes_twice(ids: Ids) -> None:
    assert len({ids.new("run") for _ in range(1000)}) == 1000


def test_counted_ids_sort_in_the_order_they_were_made() -> None:
    ids = CountingIds()
    made = [ids.new("run") for _ in range(100)]
    assert made == sorted(made)
