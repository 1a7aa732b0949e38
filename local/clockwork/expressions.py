"""Schedule expressions of EventBridge: `rate(5 minutes)` and `cron(minute hour day month weekday year)`."""

from __future__ import annotations

import calendar
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import Enum, auto

from local.errors import CloudError

_RATE = re.compile(r"rate\((\d+) (minute|hour|day)s?\)")
_CRON = re.compile(r"cron\((\S+) (\S+) (\S+) (\S+) (\S+) (\S+)\)")
_MONTHS = {name.upper(): number for number, name in enumerate(calendar.month_abbr) if name}
_WEEKDAYS = {name: number for number, name in enumerate(("SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT"), 1)}
_SEARCHED_DAYS = 366 * 8  # a 29 February is at most eight years away


class UnknownExpression(CloudError):
    """The schedule is neither a rate nor a cron expression understood here."""


class MonthEnd(Enum):
    """Whether a cron expression means the last day of the month (`L`)."""

    ANY_DAY = auto()
    LAST_DAY = auto()


@dataclass(frozen=True, slots=True)
class Rate:
    """Every so many minutes, hours or days."""

    every: timedelta

    def next_after(self, instant: datetime) -> datetime:
        """One interval later."""
        return instant + self.every


@dataclass(frozen=True, slots=True)
class Cron:
    """Sets of minutes, hours, days, months, weekdays (1 = Sunday) and years, in UTC; an empty set of days is `?`."""

    minutes: frozenset[int]
    hours: frozenset[int]
    days: frozenset[int]
    months: frozenset[int]
    weekdays: frozenset[int]
    years: frozenset[int]
    month_end: MonthEnd

    def next_after(self, instant: datetime) -> datetime:
        """The first matching minute after the instant; raises UnknownExpression if there is none."""
        start = instant.astimezone(UTC).replace(second=0, microsecond=0) + timedelta(minutes=1)
        times = [(hour, minute) for hour in sorted(self.hours) for minute in sorted(self.minutes)]
        for offset in range(_SEARCHED_DAYS):
            day = (start + timedelta(days=offset)).replace(hour=0, minute=0)
            if not self._on(day):
                continue
            for hour, minute in times:
                if (found := day.replace(hour=hour, minute=minute)) >= start:
                    return found
        raise UnknownExpression("the cron expression never comes true")

    def _on(self, day: datetime) -> bool:
        is_last = day.day == calendar.monthrange(day.year, day.month)[1]
        return (
            day.year in self.years
            and day.month in self.months
            and (not self.days or day.day in self.days)
            and (self.month_end is MonthEnd.ANY_DAY or is_last)
            and (not self.weekdays or day.isoweekday() % 7 + 1 in self.weekdays)
        )


def parse(expression: str) -> Rate | Cron:
    """Read a schedule expression; raises UnknownExpression."""
    if rate := _RATE.fullmatch(expression):
        return Rate(timedelta(**{rate[2] + "s": int(rate[1])}))
    if not (cron := _CRON.fullmatch(expression)):
        raise UnknownExpression(f"got {expression!r}, expected rate(…) or cron(…) with six fields")
    minute, hour, day, month, weekday, year = cron.groups()
    return Cron(
        minutes=_values(minute, 0, 59),
        hours=_values(hour, 0, 23),
        days=frozenset() if day in ("?", "L") else _values(day, 1, 31),
        months=_values(month, 1, 12, _MONTHS),
        weekdays=frozenset() if weekday == "?" else _values(weekday, 1, 7, _WEEKDAYS),
        years=_values(year, 1970, 2199),
        month_end=MonthEnd.LAST_DAY if day == "L" else MonthEnd.ANY_DAY,
    )


def _values(field: str, low: int, high: int, names: Mapping[str, int] | None = None) -> frozenset[int]:
    """Read one field: `*`, lists, ranges, steps, names."""
    out: set[int] = set()
    for part in field.split(","):
        span, _, step = part.partition("/")
        first, last = _span(span, low, high, names or {})
        if step and "-" not in span:
            last = high
        out.update(range(first, last + 1, _number(step or "1", {}, field)))
    if not out or min(out) < low or max(out) > high:
        raise UnknownExpression(f"got {field!r}, expected values from {low} to {high}")
    return frozenset(out)


def _span(span: str, low: int, high: int, names: Mapping[str, int]) -> tuple[int, int]:
    if span == "*":
        return low, high
    first, _, last = span.partition("-")
    return _number(first, names, span), _number(last or first, names, span)


def _number(text: str, names: Mapping[str, int], field: str) -> int:
    if text.upper() in names:
        return names[text.upper()]
    if not text.isdigit():
        raise UnknownExpression(f"got {field!r}, expected *, numbers, names, ranges, lists or steps")
    return int(text)
