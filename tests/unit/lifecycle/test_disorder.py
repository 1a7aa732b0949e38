"""Disorder: how late rows come is learned from the rows, and windows wait for as much."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from shared.domain.hour import Folded
from shared.ports.profiles import watermark
from tests.examples import MODEL
from tests.unit.lifecycle.captured import ARRIVED, Airline, asked, prediction, row, told
from tests.unit.lifecycle.watched import Watched
from tests.unit.lifecycle.weeks import SPRING, flights

HOUR = timedelta(hours=1)


def leaving(hours: list[int]) -> list[str]:
    """Lines of one flight each, which leave so many hours after midnight."""
    midnight = datetime(2026, 11, 20, tzinfo=UTC)
    return [asked(row(number, leaves=(midnight + hour * HOUR).isoformat())) for number, hour in enumerate(hours)]


def disorder(objects: list[list[str]]) -> timedelta:
    """What is known of it once these objects are folded."""
    airline = Airline()
    for lines in objects:
        airline.folded(*lines)
    return watermark(airline.profiles, airline.captures, MODEL, ARRIVED).disorder


def late_by(watched: Watched, disorder: timedelta) -> Watched:
    """An object comes with a row that is so late."""
    now = watched.clock.now()
    key = f"captured/{now:%Y/%m/%d/%H}/captures-1-{now:%Y-%m-%d-%H-%M-%S}-late"
    watched.captures.write(key, b"")
    watched.profiles.fold(Folded(key, {MODEL: now}, {}, {}, disorder={MODEL: disorder}))
    return watched


def test_rows_in_order_show_no_disorder() -> None:
    lines = leaving([1, 2, 2, 2, 5])
    assert disorder([lines[:3], lines[3:]]) == timedelta(0)


def test_disorder_is_how_far_a_row_lies_behind_the_newest_before_it() -> None:
    assert disorder([leaving([1, 9, 7])]) == 2 * HOUR
    lines = leaving([1, 9, 6, 12])
    assert disorder([lines[:2], lines[2:]]) == 3 * HOUR


def test_a_row_of_the_far_future_is_no_disorder() -> None:
    first, second = leaving([1, 2])
    assert disorder([[first, asked(row(7, leaves="2027-11-20T08:30:00Z"))], [second]]) == timedelta(0)


def test_outcomes_that_come_days_later_are_no_disorder() -> None:
    assert disorder([leaving([1, 50]), [told((prediction(0), 40))]]) == timedelta(0)


@given(st.lists(st.integers(0, 30), min_size=2, max_size=12), st.sets(st.integers(1, 11), max_size=4))
def test_disorder_is_the_same_however_rows_are_cut_into_objects(hours: list[int], cuts: set[int]) -> None:
    lines = leaving(hours)
    places = [0, *sorted(cut for cut in cuts if cut < len(lines)), len(lines)]
    parts = [lines[first:last] for first, last in pairwise(places)]
    newest = [max(hours[: place + 1]) for place in range(len(hours))]
    assert disorder(parts) == max(most - hour for most, hour in zip(newest, hours, strict=True)) * HOUR


def test_a_window_waits_for_rows_as_late_as_those_that_came() -> None:
    watched = late_by(Watched(), 12 * HOUR)
    watched.asks(flights(SPRING, 14, seed=2))
    watched.looks()
    assert watched.checks()[0].drift_until == SPRING + timedelta(days=13) + 6 * HOUR  # of the last event, 23:00


def test_who_is_weeks_behind_holds_no_window_up_for_longer_than_a_day() -> None:
    watched = late_by(Watched(), timedelta(days=60))
    watched.asks(flights(SPRING, 14, seed=2))
    watched.looks()
    assert watched.checks()[0].drift_until == SPRING + timedelta(days=12) + 18 * HOUR


def test_rows_that_come_after_their_window_was_looked_at_are_counted_and_find_nothing_anew() -> None:
    watched = Watched()
    weeks = flights(SPRING, 14, seed=2, later=0.2)
    watched.sees(weeks)
    before = watched.findings()
    watched.asks(flights(SPRING, 2, seed=9, carriers=(0.1, 0.1, 0.8)))
    assert (watched.looks().windows, watched.findings()) == (0, before)
    assert len(before) > 0
