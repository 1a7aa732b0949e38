"""Needs: what waits for a person, and the command that settles it."""

from datetime import datetime
from typing import Literal

from shared.api.views.view import View
from shared.domain.finding import Finding
from shared.domain.run import Run
from shared.domain.version import Version


class NeedView(View):
    """Something that waits for a person, since when, and the command that settles it; nulls for what it is not."""

    kind: Literal["promote", "approve", "look"]
    model: str
    version: int | None
    run: str | None
    finding: str | None
    since_at: datetime
    detail: str
    command: str


def held(version: Version) -> NeedView:
    """A version that passed every gate and was not taken over by itself."""
    return NeedView(
        kind="promote",
        model=version.model,
        version=version.number,
        run=None,
        finding=None,
        since_at=version.since,
        detail=f"version {version.number} passed every gate; it answers once somebody promotes it",
        command=f"treadle promote {version.model} {version.number}",
    )


def waiting(run: Run) -> NeedView:
    """A run that goes on once somebody agrees."""
    return NeedView(
        kind="approve",
        model=run.model,
        version=None,
        run=run.id,
        finding=None,
        since_at=run.since,
        detail=f"run {run.id} waits for somebody to agree",
        command=f"treadle runs show {run.model} {run.id}",
    )


def told(finding: Finding) -> NeedView:
    """A finding that nothing followed by itself."""
    return NeedView(
        kind="look",
        model=finding.model,
        version=finding.version,
        run=None,
        finding=finding.id,
        since_at=finding.at,
        detail=finding.detail,
        command=f"treadle drift {finding.model}",
    )
