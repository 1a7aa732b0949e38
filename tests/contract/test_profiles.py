"""Profiles: a slot's newer state replaces its older one, and nothing else changes what was counted."""

import os
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest

from shared.adapters.dynamodb_profiles import DynamoProfiles
from shared.domain.hour import Caller, Counted, Folded, Folding, Hour, Tally, Watermark
from shared.ports.profiles import Profiles, watermark
from tests.fakes.objects import MemoryObjects
from tests.fakes.profiles import MemoryProfiles

NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)
SLOT, NEXT = "2026-11-24T12", "2026-11-24T13"


@pytest.fixture(params=["memory", "dynamodb"])
def profiles(request: pytest.FixtureRequest) -> Profiles:
    """Nothing was counted yet."""
    return MemoryProfiles() if request.param == "memory" else DynamoProfiles(request.getfixturevalue("table"))


def hour(hours: float = 0, rows: int = 5, slot: str = SLOT, version: int = 1) -> Hour:
    return Hour(version, NOON + timedelta(hours=hours), slot, rows, 2, bytes(4 * rows), os.urandom(16) + b"\0")


def tally(rows: int, revision: int = 7, slot: str = SLOT) -> Tally:
    return Tally(revision, slot, {"1c": Counted(rows, 0, 2), "2h": Counted(3, 1)})


def caller(name: str, minutes: float = 0, slot: str = SLOT, version: int = 1) -> Caller:
    return Caller(name, version, slot, 4, NOON + timedelta(minutes=minutes))


def folded(minute: int, hours: float = 0) -> Folded:
    at = {"flights": NOON + timedelta(hours=hours)}
    return Folded(key(minute), at, at, {}, unmatched=1)


def key(minute: int) -> str:
    return f"captured/2026/11/24/12/captures-1-2026-11-24-12-{minute:02d}-00-abc"


def all_hours(profiles: Profiles, version: int = 1) -> tuple[Hour, ...]:
    return profiles.hours("flights", version, NOON - timedelta(days=400), NOON + timedelta(days=400))


def test_nothing_was_counted_at_first(profiles: Profiles) -> None:
    assert all_hours(profiles) == ()
    assert (profiles.tallies("flights", 7), profiles.callers("flights", NOON), profiles.folded("")) == ((), (), ())


def test_hours_come_back_as_they_were_counted_oldest_first(profiles: Profiles) -> None:
    counted = [hour(number) for number in (-30, -2, 0, 5)]
    profiles.put(Folding("flights", SLOT, 1, tuple(reversed(counted))))
    assert all_hours(profiles) == tuple(counted)


def test_a_range_begins_with_its_first_hour_and_ends_before_its_last(profiles: Profiles) -> None:
    profiles.put(Folding("flights", SLOT, 1, tuple(hour(number) for number in range(5))))
    found = profiles.hours("flights", 1, NOON + timedelta(hours=1), NOON + timedelta(hours=3))
    assert [each.at.hour for each in found] == [13, 14]
    found = profiles.hours("flights", 1, NOON + timedelta(minutes=1), NOON + timedelta(hours=2, minutes=1))
    assert [each.at.hour for each in found] == [13, 14]


def test_models_and_versions_are_apart(profiles: Profiles) -> None:
    one, two = hour(), hour(version=2)
    profiles.put(Folding("flights", SLOT, 1, (one, two)))
    profiles.put(Folding("taxis", SLOT, 1, (hour(3),)))
    assert (all_hours(profiles), all_hours(profiles, 2)) == ((one,), (two,))


def test_two_slots_of_an_hour_stand_side_by_side(profiles: Profiles) -> None:
    early, late = hour(), hour(slot=NEXT)
    profiles.put(Folding("flights", NEXT, 1, (late,)))
    profiles.put(Folding("flights", SLOT, 9, (early,)))
    assert all_hours(profiles) == (early, late)


def test_a_newer_state_replaces_an_older_one(profiles: Profiles) -> None:
    newer = Folding("flights", SLOT, 2, (hour(rows=8),), (tally(8),), (caller("app", 5),))
    profiles.put(Folding("flights", SLOT, 1, (hour(rows=5), hour(1)), (tally(5),), (caller("app"),)))
    profiles.put(newer)
    assert [each.rows for each in all_hours(profiles)] == [8, 5]
    assert (profiles.tallies("flights", 7), profiles.callers("flights", NOON)) == (newer.tallies, newer.callers)


def test_an_older_state_that_comes_late_changes_only_what_the_newer_did_not_touch(profiles: Profiles) -> None:
    newer = Folding("flights", SLOT, 2, (hour(rows=8),), (tally(8),), (caller("app", 5),))
    profiles.put(newer)
    profiles.put(Folding("flights", SLOT, 1, (hour(rows=5), hour(1)), (tally(5),), (caller("app"),)))
    assert [each.rows for each in all_hours(profiles)] == [8, 5]
    assert (profiles.tallies("flights", 7), profiles.callers("flights", NOON)) == (newer.tallies, newer.callers)


def test_the_same_state_twice_is_the_same(profiles: Profiles) -> None:
    state = Folding("flights", SLOT, 3, (hour(),), (tally(1),), (caller("app"),))
    profiles.put(state)
    profiles.put(state)
    assert (all_hours(profiles), profiles.tallies("flights", 7)) == (state.hours, state.tallies)


def test_a_hundred_hours_are_kept_where_one_of_them_is_newer(profiles: Profiles) -> None:
    newer = hour(40, rows=9)
    profiles.put(Folding("flights", SLOT, 2, (newer,)))
    profiles.put(Folding("flights", SLOT, 1, tuple(hour(number) for number in range(130))))
    found = all_hours(profiles)
    assert (len(found), found[40]) == (130, newer)


def test_slots_that_are_folded_side_by_side_are_all_kept(profiles: Profiles) -> None:
    slots = [f"2026-11-24T{number:02d}" for number in range(8)]
    with ThreadPoolExecutor(4) as writers:
        list(writers.map(lambda slot: profiles.put(Folding("flights", slot, 1, (hour(slot=slot),))), slots))
        list(writers.map(lambda rev: profiles.put(Folding("flights", SLOT, rev, (hour(1, rows=rev),))), range(1, 9)))
    assert [each.slot for each in all_hours(profiles)[:8]] == slots
    assert all_hours(profiles)[8].rows == 8


def test_tallies_are_those_of_one_serving_record_slot_by_slot(profiles: Profiles) -> None:
    first, second, other = tally(1), tally(2, slot=NEXT), tally(3, revision=77)
    profiles.put(Folding("flights", NEXT, 1, tallies=(second, other)))
    profiles.put(Folding("flights", SLOT, 1, tallies=(first,)))
    assert profiles.tallies("flights", 7) == (first, second)


def test_callers_are_those_since_whatever_their_names(profiles: Profiles) -> None:
    names = ["", "app#1", "ž" * 700]
    callers = tuple(caller(name, minutes=30) for name in names)
    profiles.put(
        Folding("flights", SLOT, 1, callers=(*callers, caller("gone", minutes=10), caller("app#1", version=2)))
    )
    assert set(profiles.callers("flights", NOON + timedelta(minutes=20))) == set(callers)


def test_more_hours_than_a_page_holds_come_whole(profiles: Profiles) -> None:
    noise = os.urandom(1500)
    counted = tuple(Hour(1, NOON + timedelta(hours=n), SLOT, 1, 0, noise, noise) for n in range(720))
    profiles.put(Folding("flights", SLOT, 1, counted))
    assert all_hours(profiles) == counted


def test_folded_objects_come_in_order_from_a_key_on(profiles: Profiles) -> None:
    for minute in (2, 0, 1):
        profiles.fold(folded(minute))
    assert profiles.folded(key(1)) == (folded(1), folded(2))


def captured(*keys: str) -> MemoryObjects:
    captures = MemoryObjects()
    for each in keys:
        captures.write(each, b"")
    return captures


def test_a_model_without_traffic_has_no_watermark(profiles: Profiles) -> None:
    profiles.fold(folded(0))
    assert watermark(profiles, captured(), "flights", NOON) == Watermark()
    assert watermark(profiles, captured(key(0)), "taxis", NOON) == Watermark()


def test_the_watermark_ends_before_the_first_object_that_is_not_folded(profiles: Profiles) -> None:
    captures = captured(*map(key, range(4)))
    for minute in (0, 1, 3):
        profiles.fold(folded(minute, hours=minute))
    seen = watermark(profiles, captures, "flights", NOON)
    assert seen == Watermark(NOON + timedelta(hours=1), NOON + timedelta(hours=1), None)
    profiles.fold(folded(2, hours=0.5))
    assert watermark(profiles, captures, "flights", NOON).arrived == NOON + timedelta(hours=3)


def test_objects_of_two_streams_are_in_order_of_delivery(profiles: Profiles) -> None:
    early, late = "captured/2026/11/24/12/z-2026-11-24-12-01-00-a", "captured/2026/11/24/12/a-2026-11-24-12-30-00-b"
    for each, minutes in ((early, 1), (late, 30)):
        at = {"flights": NOON + timedelta(minutes=minutes)}
        if each == late:
            profiles.fold(Folded(each, at, at, at))
    assert watermark(profiles, captured(early, late), "flights", NOON) == Watermark()


def test_an_object_that_nobody_can_fold_is_passed_after_days(profiles: Profiles) -> None:
    stuck = "captured/2026/11/21/12/captures-1-2026-11-21-12-00-00-abc"
    profiles.fold(folded(0))
    assert watermark(profiles, captured(stuck, key(0)), "flights", NOON - timedelta(days=1)) == Watermark()
    assert watermark(profiles, captured(stuck, key(0)), "flights", NOON).arrived == NOON
