"""Contrasts: two data versions side by side."""

from shared.api.views.datasets import DatasetView, dataset
from shared.api.views.view import View
from shared.domain.contrast import ColumnContrast, ColumnSide, How, Level
from shared.domain.dataset import Dataset


class LevelView(View):
    """A value of a category, and its share of the training rows."""

    value: str
    share: float


class SideView(View):
    """A column in one data version; null is what was not counted.

    `min` and `max` are of numbers, `levels` counts the different values of a category.
    """

    type: str
    missing_share: float | None
    min: float | None
    max: float | None
    levels: int | None


class ColumnContrastView(View):
    """A column in both: `was` is null where it was added, `now` where it is gone, `psi` where nothing was counted.

    `new_levels` and `gone_levels` are the most frequent values that only one of them has.
    """

    name: str
    change: How
    psi: float | None
    was: SideView | None
    now: SideView | None
    new_levels: tuple[LevelView, ...]
    gone_levels: tuple[LevelView, ...]


class ContrastView(View):
    """Two data versions, and their columns: those that are in one alone, then the furthest first."""

    was: DatasetView
    now: DatasetView
    columns: tuple[ColumnContrastView, ...]


def contrast(was: Dataset, now: Dataset, columns: tuple[ColumnContrast, ...]) -> ContrastView:
    """Two data versions."""
    return ContrastView(was=dataset(was), now=dataset(now), columns=tuple(map(_column, columns)))


def _column(of: ColumnContrast) -> ColumnContrastView:
    return ColumnContrastView(
        name=of.name,
        change=of.how,
        psi=of.psi,
        was=_side(of.was) if of.was else None,
        now=_side(of.now) if of.now else None,
        new_levels=tuple(map(_level, of.new)),
        gone_levels=tuple(map(_level, of.gone)),
    )


def _side(of: ColumnSide) -> SideView:
    return SideView(type=of.type, missing_share=of.missing, min=of.low, max=of.high, levels=of.levels)


def _level(of: Level) -> LevelView:
    return LevelView(value=of.value, share=of.share)
