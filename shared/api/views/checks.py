"""Checks: what was last seen of a model's rows, and of how good its answers were."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime

from shared.api.views.findings import FigureView, FindingView, WindowView, figure, finding, window
from shared.api.views.view import View
from shared.domain.check import Check, Window
from shared.domain.finding import Figure, Finding
from shared.domain.spec import Spec


class DriftView(View):
    """The last window that was looked at, and what was found in rows and answers, newest first.

    Nulls before the first window is complete; `version` is the one whose rows were looked at.
    """

    model: str
    version: int | None
    checked_at: datetime | None
    window: WindowView | None
    findings: tuple[FindingView, ...]


class PerformanceView(View):
    """How good the answers were, and how good they are thought to be where outcomes have not come yet.

    `realised` is of the last window whose outcomes are in; `foretold` is what its rows alone say of that very window,
    null before there is one. `estimated` is of the last window of all: it needs no outcome, and cannot
    see what the columns do not show. `outcomes_within_s` is how long after a prediction its outcome is waited for,
    `note` what became of the schedule's last slot (train.every) where it started no run.
    """

    model: str
    version: int | None
    checked_at: datetime | None
    metric: str
    outcomes_within_s: float
    realised: WindowView | None
    foretold: tuple[FigureView, ...] | None
    estimated: WindowView | None
    note: str | None
    findings: tuple[FindingView, ...]


def drift(model: str, checks: Sequence[Check], findings: Iterable[Finding]) -> DriftView:
    """What is known of a model's drift; checks and findings come newest first."""
    newest = next((check for check in checks if check.drift), None)
    return DriftView(
        model=model,
        version=newest.version if newest else None,
        checked_at=newest.at if newest else None,
        window=window(newest.drift) if newest and newest.drift else None,
        findings=tuple(map(finding, findings)),
    )


def performance(spec: Spec, checks: Sequence[Check], findings: Iterable[Finding]) -> PerformanceView:
    """What is known of how good a model's answers are; checks and findings come newest first."""
    newest = next((check for check in checks if check.drop), None)
    seen = newest or next(iter(checks), None)
    return PerformanceView(
        model=spec.model,
        version=seen.version if seen else None,
        checked_at=seen.at if seen else None,
        metric=spec.metric,
        outcomes_within_s=spec.monitor.outcomes.total_seconds(),
        realised=_realised(newest.drop, newest.realised) if newest and newest.drop else None,
        foretold=tuple(map(figure, newest.foretold)) if newest and newest.foretold else None,
        estimated=_estimated(checks),
        note=checks[0].note or None if checks else None,
        findings=tuple(map(finding, findings)),
    )


def _realised(of: Window, metrics: tuple[Figure, ...]) -> WindowView:
    """The metrics, and what else was held to a threshold."""
    known = {(each.subject, each.statistic) for each in metrics}
    others = (each for each in of.figures if (each.subject, each.statistic) not in known)
    return window(replace(of, figures=(*metrics, *others)))


def _estimated(checks: Sequence[Check]) -> WindowView | None:
    """What the rows themselves foretell of the last window."""
    newest = next((check for check in checks if check.drift and check.estimated), None)
    return window(replace(newest.drift, figures=newest.estimated)) if newest and newest.drift else None
