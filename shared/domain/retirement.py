"""Retirement: why a version answers nobody any more, what replaces it, and what its callers do now."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from shared.domain import figures
from shared.domain.check import Check
from shared.domain.difference import Difference
from shared.domain.finding import Figure, Finding
from shared.domain.hour import Caller
from shared.domain.signature import Input
from shared.domain.verdict import Verdict

REMEMBERED = timedelta(days=30)
"""How far back a caller counts as one."""


@dataclass(frozen=True, slots=True)
class Replacement:
    """The version that answers instead, and who replaced the other one when and why."""

    version: int
    by: str
    reason: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Called:
    """A program that called the version in the last 30 days: how many rows it asked for, and when last."""

    name: str
    rows: int
    last_at: datetime


@dataclass(frozen=True, slots=True)
class Retirement:
    """The whole account, written once, moments before the decision; `order` is the decision's command.

    `evidence` are sentences with figures: what was last seen of the version, and what its successor was judged by.
    """

    model: str
    version: int
    order: str
    by: str
    reason: str
    at: datetime
    drained_since: datetime
    sunset: datetime
    replacement: Replacement
    evidence: tuple[str, ...]
    difference: Difference
    callers: tuple[Called, ...]

    @property
    def steps(self) -> tuple[str, ...]:
        """What a caller does, one sentence a step."""
        return tuple(_steps(self))


def called(callers: Iterable[Caller], version: int) -> tuple[Called, ...]:
    """Who called the version, slots summed, the busiest first."""
    seen: dict[str, Called] = {}
    for one in callers:
        if one.version == version:
            known = seen.get(one.name, Called(one.name, 0, one.last_at))
            seen[one.name] = Called(one.name, known.rows + one.rows, max(known.last_at, one.last_at))
    return tuple(sorted(seen.values(), key=lambda each: (-each.rows, each.name)))


def seen(last: Check | Finding) -> tuple[str, ...]:
    """What was last seen of a version, one sentence a figure: what came true, else what was estimated."""
    match last:
        case Finding():
            return (f"{last.kind} was found on {last.at:%Y-%m-%d}: {last.detail}",)
        case Check():
            known, how = (last.realised, "with") if last.realised else (last.estimated, "estimated without")
            return tuple(f"{last.at:%Y-%m-%d}: {_quoted(figure)}, {how} outcomes" for figure in known)


def judged(version: int, metric: str, verdict: Verdict) -> tuple[str, ...]:
    """What the successor was judged by: the verdict's reasons, and its metric beside the champion of then."""
    compared = (each for each in verdict.comparisons if each.name == metric)
    beside = (f"{metric} {figures.change(metric, each.value, each.low, each.high)}" for each in compared)
    return (
        *(f"version {version} was accepted: {reason}" for reason in verdict.reasons),
        *(f"version {version} minus the champion of then: {figure}" for figure in beside),
    )


def _quoted(figure: Figure) -> str:
    name = figure.statistic
    return f"{name} {figures.quoted(name, figure.value, figure.low, figure.high)} on {figure.rows:,} rows"


def _steps(of: Retirement) -> Iterator[str]:
    successor = of.replacement.version
    yield f"call POST /models/{of.model}/predict, which always answers by the champion: version {successor} now"
    yield f"or pin the successor: POST /models/{of.model}/versions/{successor}/predict"
    yield from _rows(of.difference)
    yield f"to have version {of.version} judged again: treadle restore {of.model} {of.version} -m REASON"


def _rows(difference: Difference) -> Iterator[str]:
    """What to change about the rows that are sent, and about the answers that are read."""
    if difference.none:
        yield "send the same rows and read the same answers: nothing about them has changed"
    yield from (f"send {_told(column)}" for column in difference.added)
    yield from (f"leave out {column.name}: it is no input any more" for column in difference.removed)
    yield from (f"{one.name}: {one.aspect} was {one.was}, is {one.now}" for one in difference.changed)
    yield from (f"the answer's {one.aspect} was {one.was}, is {one.now}" for one in difference.output)


def _told(column: Input) -> str:
    return f"{column.name} ({column.type}), {'in every row' if column.feature else 'where it is known'}"
