"""Durations as people type them: 90s, 30m, 1h."""

import re

from treadle.errors import Misused

SECONDS = {"s": 1, "m": 60, "h": 3600, "d": 86400}


def seconds(text: str) -> float:
    """The length of time in seconds; raises Misused for one without its unit."""
    found = re.fullmatch(r"([0-9]{1,6}(?:\.[0-9]{1,3})?)([smhd])", text)
    if found is None:
        raise Misused(f"{text[:40]!r} is no length of time", "write it with its unit, such as 90s, 30m or 1h")
    return float(found[1]) * SECONDS[found[2]]
