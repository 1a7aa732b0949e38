"""Formats: JSON values as people read them."""

from datetime import UTC, datetime

NOTHING = "–"


def instant(text: str | None) -> str:
    """2013-04-01T12:00:05.123Z → 2013-04-01 12:00:05Z; "" stays so."""
    return f"{datetime.fromisoformat(text).astimezone(UTC):%Y-%m-%d %H:%M:%SZ}" if text else ""


def clock(text: str) -> str:
    """2013-04-01T12:00:05.123Z → 12:00:05, in UTC."""
    return instant(text)[11:19]


def number(value: float | None) -> str:
    """80789 → 80,789 and 0.62639 → 0.626."""
    if value is None:
        return NOTHING
    return f"{value:,}" if isinstance(value, int) else f"{value:,.3f}"


def word(value: object) -> str:
    """Anything that may be missing; yes and no for a boolean."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    return NOTHING if value in (None, "") else str(value)


def size(count: int) -> str:
    """1530000 → 1.5 MB."""
    for unit, one in (("GB", 10**9), ("MB", 10**6), ("kB", 10**3)):
        if count >= one:
            return f"{count / one:.1f} {unit}"
    return f"{count} B"


def seconds(value: float) -> str:
    """0.084 → 0.1 s."""
    return f"{value:.1f} s"
