"""Needs: what waits for a person, and the command that settles it."""

from datetime import datetime
from typing import Literal

from shared.api.views.view import View
from shared.domain.approval import Approval
from shared.domain.finding import Finding
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


def waiting(on: Approval) -> NeedView:
    """A run that goes on once somebody agrees."""
    who, until = " or ".join(on.asks), f"{on.until:%Y-%m-%d %H:%M:%SZ}"
    return NeedView(
        kind="approve",
        model=on.model,
        version=on.version,
        run=on.run,
        finding=None,
        since_at=on.at,
        detail=f"version {on.version} waits until {until} for {who} to approve, or to reject it",
        command=f"treadle approve {on.model} {on.run}",
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
