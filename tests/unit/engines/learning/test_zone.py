"""Offsets of time zones as tables."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.engines.learning.zone import shifts

COVERED = st.integers(
    int(datetime(1990, 1, 1, tzinfo=UTC).timestamp()), int(datetime(2049, 12, 31, tzinfo=UTC).timestamp())
)
ZONES = ("America/New_York", "Europe/Berlin", "Asia/Kathmandu", "Africa/Casablanca", "Australia/Lord_Howe", "UTC")


@given(moment=COVERED, zone=st.sampled_from(ZONES))
def test_every_instant_has_the_offset_that_its_zone_gives_it(moment: int, zone: str) -> None:
    table = shifts(zone)
    offset = table.offsets[np.searchsorted(table.starts, moment, side="right")]
    expected = datetime.fromtimestamp(moment, ZoneInfo(zone)).utcoffset()
    assert expected is not None
    assert offset == expected.total_seconds()


@pytest.mark.parametrize(("second", "offset"), [(1_362_898_799, -18_000), (1_362_898_800, -14_400)])
def test_summer_time_in_new_york_begins_to_the_second(second: int, offset: int) -> None:
    table = shifts("America/New_York")
    assert table.offsets[np.searchsorted(table.starts, second, side="right")] == offset


def test_a_zone_that_never_shifts_has_one_offset() -> None:
    assert shifts("UTC").starts.size == 0
    assert shifts("UTC").offsets.tolist() == [0]
