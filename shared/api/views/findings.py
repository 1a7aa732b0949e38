"""Findings: what a check saw that the model's people should know, with the figures that say so."""

from datetime import datetime

from shared.api.views.view import View
from shared.domain.check import Window
from shared.domain.finding import Figure, Finding, told


class FigureView(View):
    """A statistic of a column, the prediction or the outcome, beside what is usual and the threshold it is held to.

    `low` and `high` are its 95 % interval, null where it has none; `score` is how far it went: 1 is the threshold,
    below 0 the good way.
    """

    subject: str
    statistic: str
    value: float
    usual: float
    threshold: float
    low: float | None
    high: float | None
    rows: int
    score: float
    beyond: bool


class WindowView(View):
    """What one window `[begins_at, ends_at)` of event time showed: outcomes that moved, then the furthest first."""

    begins_at: datetime
    ends_at: datetime
    rows: int
    outcomes: int
    figures: tuple[FigureView, ...]


class FindingView(View):
    """A finding: `reaction` is what the spec's policy made of it, `run` the run that it caused."""

    id: str
    model: str
    version: int
    kind: str
    detail: str
    begins_at: datetime
    ends_at: datetime
    found_at: datetime
    reaction: str
    run: str | None
    figures: tuple[FigureView, ...]


def figure(of: Figure) -> FigureView:
    """One statistic."""
    wide = of.low < of.high
    return FigureView(
        subject=of.subject,
        statistic=of.statistic,
        value=of.value,
        usual=of.usual,
        threshold=of.threshold,
        low=of.low if wide else None,
        high=of.high if wide else None,
        rows=of.rows,
        score=round(of.score, 4),
        beyond=of.score >= 1,
    )


def window(of: Window) -> WindowView:
    """One window; its figures in the order in which people read them."""
    figures = tuple(map(figure, told(of.figures)))
    return WindowView(begins_at=of.begins, ends_at=of.ends, rows=of.rows, outcomes=of.outcomes, figures=figures)


def finding(of: Finding) -> FindingView:
    """A finding; its figures as the check ordered them."""
    return FindingView(
        id=of.id,
        model=of.model,
        version=of.version,
        kind=of.kind,
        detail=of.detail,
        begins_at=of.begins,
        ends_at=of.ends,
        found_at=of.at,
        reaction=of.reaction,
        run=of.run or None,
        figures=tuple(map(figure, of.figures)),
    )
