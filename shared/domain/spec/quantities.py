"""Values that carry their unit, as people write them in a spec: 10% · 30m · 20ms · 20MB · 4/day.

Each is written out again as it was read, to the last digit: decimal arithmetic, no binary fractions on the way.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from typing import Annotated

from pydantic import BeforeValidator, PlainSerializer

from shared.domain.spec.parts import matched, must, wrong

_NUMBER = r"([0-9]{1,12}(?:\.[0-9]{1,12})?)"
_SECONDS: Mapping[str, int] = {"s": 1, "m": 60, "h": 3600, "d": 86400, "w": 604800}
_PERIODS: Mapping[str, int] = {"hour": 3600, "day": 86400, "week": 604800, "month": 2_592_000}
LONGEST = timedelta(days=3650)
"""The longest time that a spec can say."""


def _parsed(pattern: str, expected: str, convert: Callable[[re.Match[str]], object]) -> BeforeValidator:
    def parse(value: object) -> object:
        if isinstance(value, timedelta | Rate):
            return value
        if isinstance(value, str) and (match := re.fullmatch(pattern, value)):
            return convert(match)
        raise wrong("a value without its unit" if isinstance(value, int | float) else "no such quantity", expected)

    return BeforeValidator(parse)


def written(value: float, unit: str = "", size: int = 1, times: int = 1) -> str:
    """The number times `times` by `size`, in plain digits, with its unit: written(0.05, "%", times=100) is 5%."""
    digits = f"{Decimal(repr(value)) * times / size:f}"
    return f"{digits.rstrip('0').rstrip('.') if '.' in digits else digits}{unit}"


def _share(match: re.Match[str]) -> float:
    return float(Decimal(match[1]) / 100)


# Last in every annotation, so that the JSON schema's defaults are written like that, too.
SHARE_AS_WRITTEN = PlainSerializer(lambda share: written(share, "%", times=100), return_type=str)

_SHARE = rf"{_NUMBER}%"
Share = Annotated[
    float,
    _parsed(_SHARE, "a share with its percent sign, such as 10%", _share),
    must(lambda share: share <= 1, "more than the whole", "a share from 0% to 100%"),
    SHARE_AS_WRITTEN,
    matched(_SHARE, "10%"),
]
"""A share from 0 to 1, written 10%."""


def _duration(match: re.Match[str]) -> timedelta:
    seconds = Decimal(match[1]) * _SECONDS[match[2]]
    if seconds > int(LONGEST.total_seconds()):
        raise wrong("a time that is too long", f"at most {LONGEST.days}d")
    return timedelta(microseconds=int(seconds * 1_000_000))


def duration(time: timedelta) -> str:
    """A time in the largest unit up to days that says it in whole numbers: 90m, 7d, 1.5s."""
    seconds = time.total_seconds()
    unit = next((unit for unit in "dhm" if seconds and seconds % _SECONDS[unit] == 0), "s")
    return written(seconds, unit, _SECONDS[unit])


DURATION_AS_WRITTEN = PlainSerializer(duration, return_type=str)

_DURATION = rf"{_NUMBER}([smhdw])"
Duration = Annotated[
    timedelta,
    _parsed(_DURATION, "a time with its unit, such as 30m (s, m, h, d, w)", _duration),
    DURATION_AS_WRITTEN,
    matched(_DURATION, "30m"),
]
"""A length of time, written 30m (s, m, h, d, w); at most ten years."""

Lasting = Annotated[
    Duration,
    must(lambda time: time > timedelta(), "a time of nothing", "a time above 0s"),
    DURATION_AS_WRITTEN,
    matched(_DURATION, "30m"),
]
"""A length of time above zero."""


@dataclass(frozen=True, slots=True)
class Rate:
    """So many a period, written 4/day."""

    count: int
    period: str

    @property
    def length(self) -> timedelta:
        """The period's length; a month has 30 days."""
        return timedelta(seconds=_PERIODS[self.period])


_RATE = r"([0-9]{1,6})/(hour|day|week|month)"
PerPeriod = Annotated[
    Rate,
    _parsed(_RATE, "a rate, such as 4/day (hour, day, week, month)", lambda match: Rate(int(match[1]), match[2])),
    must(lambda rate: rate.count > 0, "never", "a rate of at least 1"),
    PlainSerializer(lambda rate: f"{rate.count}/{rate.period}", return_type=str),
    matched(_RATE, "4/day"),
]
"""A rate of at least one, written 4/day (hour, day, week, month)."""
