"""Retirements: why a version answers nobody any more, and what its callers do now."""

from datetime import datetime

from shared.api.views.callers import CallerView, caller
from shared.api.views.view import View
from shared.domain.difference import Changed, Difference
from shared.domain.retirement import Retirement


class ReplacementView(View):
    """The version that answers instead, and who decided so when and why."""

    version: int
    by: str
    reason: str
    at: datetime


class ChangedView(View):
    """One aspect of a column, or of the prediction, that is otherwise."""

    name: str
    aspect: str
    was: str
    now: str


class DifferenceView(View):
    """What is other for callers: columns that are new, gone or changed, and the prediction."""

    added: tuple[str, ...]
    removed: tuple[str, ...]
    changed: tuple[ChangedView, ...]
    output: tuple[ChangedView, ...]


class RetirementView(View):
    """The account of a retirement: evidence in sentences with figures, and the steps for callers."""

    model: str
    version: int
    by: str
    reason: str
    retired_at: datetime
    deprecated_at: datetime
    sunset_at: datetime
    replacement: ReplacementView
    evidence: tuple[str, ...]
    difference: DifferenceView
    steps: tuple[str, ...]
    callers: tuple[CallerView, ...]


def retirement(of: Retirement) -> RetirementView:
    """The account."""
    instead = of.replacement
    return RetirementView(
        model=of.model,
        version=of.version,
        by=of.by,
        reason=of.reason,
        retired_at=of.at,
        deprecated_at=of.drained_since,
        sunset_at=of.sunset,
        replacement=ReplacementView(version=instead.version, by=instead.by, reason=instead.reason, at=instead.at),
        evidence=of.evidence,
        difference=_difference(of.difference),
        steps=of.steps,
        callers=tuple(caller(one, of.version) for one in of.callers),
    )


def _difference(of: Difference) -> DifferenceView:
    return DifferenceView(
        added=tuple(column.name for column in of.added),
        removed=tuple(column.name for column in of.removed),
        changed=tuple(map(_changed, of.changed)),
        output=tuple(map(_changed, of.output)),
    )


def _changed(of: Changed) -> ChangedView:
    return ChangedView(name=of.name, aspect=of.aspect, was=of.was, now=of.now)
