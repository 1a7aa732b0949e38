"""Clock: one instant for all, in UTC; durations never run backwards."""

from datetime import UTC, timedelta

import pytest

from shared.adapters.system_clock import SystemClock
from shared.ports.clock import Clock
from tests.fakes.clock import NEW_YEAR, SetClock


@pytest.fixture(params=[SetClock, SystemClock])
def clock(request: pytest.FixtureRequest) -> Clock:
    """A clock."""
    made: Clock = request.param()
    return made


def test_an_instant_is_in_utc(clock: Clock) -> None:
    assert clock.now().tzinfo is UTC


def test_time_does_not_run_backwards(clock: Clock) -> None:
    instants, ticks = [clock.now() for _ in range(3)], [clock.ticks() for _ in range(3)]
    assert instants == sorted(instants)
    assert ticks == sorted(ticks)


def test_a_set_clock_stands_until_it_is_moved() -> None:
    clock = SetClock()
    assert clock.pass_time(timedelta(minutes=90)) == clock.now() == NEW_YEAR + timedelta(minutes=90)
    assert clock.ticks() == 5400
