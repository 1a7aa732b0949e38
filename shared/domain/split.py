"""Split: which rows are held out, by time or by key, so that no test row was ever learned from."""

import hashlib
import math
from datetime import datetime, timedelta
from enum import IntEnum

_RESOLUTION = timedelta(microseconds=1)
_HASHES = 1 << 32  # the first eight hexadecimal digits


class Side(IntEnum):
    """Where a row stands; skipped rows have no outcome."""

    SKIPPED = -1
    TRAIN = 0
    TEST = 1


def first_of_newest(rows: int, share: float) -> int:
    """Where, in rows sorted by time, the newest share (0–1) begins: at least the share, at least one row."""
    if rows < 1:
        raise ValueError("expected at least one row with an outcome to split")
    held = math.ceil(round(rows * share, 6))  # 0.3 of 10 is 3, whatever binary fractions say
    return rows - min(max(held, 1), rows)


def cut(newest: datetime, last: datetime | None, learned_until: datetime | None) -> datetime:
    """The instant from which rows are test rows: of newest share, last cut and what the champion learned the latest.

    A row on the cut is a test row, and a row at `learned_until` has been learned from: that one the cut must pass.
    """
    learned = learned_until + _RESOLUTION if learned_until else newest
    return max(newest, last or newest, learned)


def side_at(instant: datetime, cut: datetime) -> Side:
    """The side of a row with an outcome by its time alone, so that a correction stays where its time is."""
    return Side.TEST if instant >= cut else Side.TRAIN


def side_of(key: str, share: float) -> Side:
    """The side of a row with an outcome by its key, for ever: the first 32 bits of SHA-256 below the share."""
    drawn = int(hashlib.sha256(key.encode()).hexdigest()[:8], 16)
    return Side.TEST if drawn < held_below(share) else Side.TRAIN


def held_below(share: float) -> int:
    """The bound under which the first 32 bits of a key's SHA-256 mean a test row."""
    return round(share * _HASHES)
