"""Contrast: the columns of two data versions side by side, those that moved furthest first."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from shared.domain.bins import moved
from shared.domain.profile import Categories, ColumnProfile, Numbers, Profile
from shared.domain.spec import Spec

MOST_LEVELS = 10
"""Values that are told by name, the most frequent ones."""


class How(StrEnum):
    """What became of a column, in the order in which people read it."""

    GONE = "gone"
    ADDED = "added"
    RETYPED = "retyped"
    KEPT = "kept"


_ORDER = tuple(How)


@dataclass(frozen=True, slots=True)
class Level:
    """A value of a category, and its share of the training rows (0–1)."""

    value: str
    share: float


@dataclass(frozen=True, slots=True)
class ColumnSide:
    """A column in one data version: what it holds, and what was counted of it in the training rows.

    `low` and `high` are the smallest and the largest of numbers, `levels` the different values of a category.
    None where nothing is counted: texts, private columns, the time column, what is known too late.
    """

    type: str
    missing: float | None = None
    low: float | None = None
    high: float | None = None
    levels: int | None = None


@dataclass(frozen=True, slots=True)
class ColumnContrast:
    """One column in both; `new` and `gone` are values of a category that only one of them has."""

    name: str
    how: How
    psi: float | None
    was: ColumnSide | None
    now: ColumnSide | None
    new: tuple[Level, ...] = ()
    gone: tuple[Level, ...] = ()


@dataclass(frozen=True, slots=True)
class Seen:
    """A data version as the contrast sees it: what its spec says of columns, and what was counted."""

    spec: Spec
    profile: Profile

    @property
    def types(self) -> Mapping[str, str]:
        """Every column that is not ignored, with what it holds; a derived one says of what it is made."""
        data = self.spec.data
        limit = "" if data.target.above is None else f" above {data.target.above:g}"
        return {
            **{name: str(column.type) for name, column in data.columns.items()},
            **{name: f"{operator} of {of}" for name, made in data.derive.items() for operator, of in made.items()},
            **dict.fromkeys(data.after, "after"),
            data.target.column: f"{self.spec.task} target{limit}",
        }

    @property
    def counts(self) -> Mapping[str, ColumnProfile]:
        """What was counted: features, derived ones too, and the target."""
        return {**self.profile.columns, self.spec.data.target.column: self.profile.target}


def contrast(was: Seen, now: Seen) -> tuple[ColumnContrast, ...]:
    """Every column of either: gone, added, of another type, then by PSI; what nothing is counted of comes last."""
    names = dict.fromkeys((*now.types, *was.types))
    columns = [_column(name, was, now) for name in names]
    return tuple(sorted(columns, key=lambda each: (_ORDER.index(each.how), each.psi is None, -(each.psi or 0))))


def _column(name: str, was: Seen, now: Seen) -> ColumnContrast:
    how = _how(was.types.get(name, ""), now.types.get(name, ""))
    old, new = was.counts.get(name), now.counts.get(name)
    sides = _side(was, name), _side(now, name)
    if how is not How.KEPT or old is None or new is None:
        return ColumnContrast(name, how, None, *sides)
    return ColumnContrast(name, how, moved(old, new), *sides, tuple(_beside(new, old)), tuple(_beside(old, new)))


def _how(was: str, now: str) -> How:
    if was == now:
        return How.KEPT
    return How.RETYPED if was and now else How.ADDED if now else How.GONE


def _side(of: Seen, name: str) -> ColumnSide | None:
    """The column in one data version; None where it has no such column."""
    if name not in of.types:
        return None
    column = of.counts.get(name)
    if column is None:
        return ColumnSide(of.types[name])
    missing = column.missing / max(_rows(column), 1)
    if isinstance(column, Numbers):
        low, high = (column.knots[0], column.knots[-1]) if column.knots else (None, None)
        return ColumnSide(of.types[name], missing, low, high)
    return ColumnSide(
        of.types[name], missing, levels=len(column.top) + (len(column.others) or sum(map(bool, column.cells)))
    )


def _rows(column: ColumnProfile) -> int:
    return sum(column.counts) + (sum(column.cells) if isinstance(column, Categories) else 0) + column.missing


def _beside(column: ColumnProfile, other: ColumnProfile) -> Iterator[Level]:
    """The column's most frequent values that the other has none of."""
    if isinstance(column, Categories) and isinstance(other, Categories):
        known, rows = {*other.top, *other.others}, _rows(column)
        only = [(word, count) for word, count in zip(column.top, column.counts, strict=True) if word not in known]
        yield from (Level(word, count / rows) for word, count in only[:MOST_LEVELS])
