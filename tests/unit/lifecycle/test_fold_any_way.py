"""Fold: the same lines in any order, doubled, split, by two at once or after a crash come to the same."""

import json
from dataclasses import dataclass, field

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.domain.errors import Conflict, Unavailable
from shared.domain.hour import Folding
from tests.examples import MODEL
from tests.fakes.slots import MemorySlots
from tests.unit.lifecycle.captured import EVER, Airline, asked, prediction, row, told


@dataclass(slots=True)
class Dying:
    """Profiles of a process that ends before it has kept anything."""

    def put(self, folding: Folding) -> None:
        """The end."""
        raise Unavailable(f"the process ended at {folding.slot}")


def test_a_crash_before_the_counts_were_kept_is_made_good_by_folding_again() -> None:
    airline, calm = Airline(), Airline()
    living, key = airline.profiles, airline.delivered(asked(row(1)))
    airline.profiles = Dying()  # type: ignore[assignment]  # it gets no further than put
    with pytest.raises(Unavailable):
        airline.fold(key)
    airline.profiles = living
    airline.folded(asked(row(2)))
    airline.fold(key)
    calm.folded(asked(row(1), row(2)))
    assert airline.hours() == calm.hours()


@dataclass(slots=True)
class Crowded:
    """Slots that somebody else wrote a moment before, so many times."""

    others: int
    inner: MemorySlots = field(default_factory=MemorySlots)

    def read(self, model: str, slot: str) -> tuple[bytes, str]:
        """The body and its tag."""
        return self.inner.read(model, slot)

    def replace(self, model: str, slot: str, body: bytes, tag: str) -> None:
        """Write, unless somebody else did; raises Conflict."""
        self.others -= 1
        if self.others >= 0:
            raise Conflict("written meanwhile")
        self.inner.replace(model, slot, body, tag)


def test_a_slot_that_others_write_is_read_again() -> None:
    airline = Airline(slots=Crowded(2))
    airline.folded(asked(row(1)))
    assert [hour.rows for hour in airline.hours()] == [1]


def test_a_slot_that_others_write_without_end_is_tried_later() -> None:
    with pytest.raises(Conflict):
        Airline(slots=Crowded(1000)).folded(asked(row(1)))


@st.composite
def deliveries(draw: st.DrawFn) -> list[list[str]]:
    """The same lines in any order, some of them twice, split into objects anyhow."""
    flights = [row(n, "2h" if n % 5 == 0 else "1c", f"2026-11-{20 + n % 3}T0{n % 9}:00:00Z") for n in range(20)]
    lines = [asked(*flights[n : n + 3], caller=f"app{n % 2}", revision=7 + n % 2) for n in range(0, 20, 3)]
    lines += [told((prediction(n, "2h" if n % 5 == 0 else "1c"), n * 3)) for n in range(0, 20, 2)]
    lines += [told((prediction(n), None if n % 4 else "17"), (prediction(n), 3), days=5) for n in range(1, 20, 4)]
    mixed = draw(st.permutations(lines)) + draw(st.lists(st.sampled_from(lines), max_size=8))
    cuts = sorted(draw(st.sets(st.integers(1, len(mixed) - 1), max_size=5)))
    return [mixed[first:last] for first, last in zip([0, *cuts], [*cuts, len(mixed)], strict=True)]


def all_counted(objects: list[list[str]]) -> tuple[object, ...]:
    airline = Airline()
    for lines in objects:
        airline.folded(*lines)
    callers = airline.profiles.callers(MODEL, EVER[0])
    tallies = [airline.profiles.tallies(MODEL, revision) for revision in (7, 8)]
    return airline.hours(1), airline.hours(2), tallies, set(callers)


@given(deliveries(), deliveries())
def test_any_order_any_doubling_and_any_split_count_the_same(one: list[list[str]], other: list[list[str]]) -> None:
    assert all_counted(one) == all_counted(other)


def test_an_object_folded_twice_counts_once() -> None:
    airline = Airline()
    key = airline.delivered(asked(row(1), row(2)), told((prediction(1), 40)))
    once = airline.fold(key)
    hours, slot = airline.hours(), airline.slots.read(MODEL, "2026-11-24T13")
    assert airline.fold(key) == once
    assert (airline.hours(), airline.slots.read(MODEL, "2026-11-24T13")) == (hours, slot)
    assert airline.profiles.folded("") == (once,)


def test_an_object_without_lines_is_folded() -> None:
    airline = Airline()
    assert airline.folded().arrived == {}
    assert airline.folded(json.dumps({"hello": 1})).unread == 1
