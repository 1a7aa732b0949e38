"""A time zone's changes of offset, so that a graph without a calendar finds the local hour."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

import numpy as np
from numpy.typing import NDArray

_FIRST = int(datetime(1990, 1, 1, tzinfo=UTC).timestamp())
_LAST = int(datetime(2050, 1, 1, tzinfo=UTC).timestamp())
_STEP = 7 * 86400  # shorter than any summer time, Morocco's month of winter time included


@dataclass(frozen=True, slots=True)
class Shifts:
    """`offsets[i]` seconds are added from `starts[i - 1]` on; the first holds before 1990, the last after 2050."""

    starts: NDArray[np.int64]
    offsets: NDArray[np.int64]


@lru_cache(maxsize=16)
def shifts(zone: str) -> Shifts:
    """The changes of offset of an IANA zone from 1990 to 2050."""
    place = ZoneInfo(zone)
    weeks = [(begin, begin + _STEP) for begin in range(_FIRST, _LAST, _STEP)]
    starts = [_change(*week, place) for week in weeks if _offset(week[0], place) != _offset(week[1], place)]
    offsets = [_offset(moment, place) for moment in (_FIRST, *starts)]
    return Shifts(np.array(starts, np.int64), np.array(offsets, np.int64))


def _offset(moment: int, place: ZoneInfo) -> int:
    offset = datetime.fromtimestamp(moment, place).utcoffset() or timedelta()
    return int(offset.total_seconds())


def _change(before: int, after: int, place: ZoneInfo) -> int:
    """The first second with the new offset, by bisection."""
    while after - before > 1:
        middle = (before + after) // 2
        same = _offset(middle, place) == _offset(before, place)
        before, after = (middle, after) if same else (before, middle)
    return after
