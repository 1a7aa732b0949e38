"""Approval: what a run waits for before anything is deployed: one of these people, until then; never who started it."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from shared.domain.errors import Forbidden, Problem, RunConflict
from shared.domain.reason import NO_REASON, Reason


class ApprovalStatus(StrEnum):
    """Asked is open; approved and rejected are decided, expired and withdrawn (the run ended otherwise) are not."""

    ASKED = "asked"
    APPROVED = "approved"
    REJECTED = "rejected"
    EXPIRED = "expired"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True)
class Approver:
    """Who decides: the name that the audit keeps, and every name and team that the token vouches for."""

    name: str
    teams: frozenset[str] = frozenset()

    @property
    def names(self) -> frozenset[str]:
        """All that `deploy.approval.by` may call them."""
        return self.teams | {self.name}


@dataclass(frozen=True, slots=True)
class Approval:
    """One run's; `asks` are the teams and people of its spec, `started_by` those who may not, whoever they are.

    `token` lets the machine go on: it is for the registry alone, no view or letter has it. `by` is who decided, "" for
    nobody.
    """

    model: str
    run: str
    version: int
    asks: tuple[str, ...]
    started_by: tuple[str, ...]
    at: datetime
    until: datetime
    token: str = field(repr=False)
    status: ApprovalStatus
    since: datetime
    by: str = ""
    reason: Reason = NO_REASON

    def hold(self, who: Approver, at: datetime) -> None:
        """Raise Forbidden for who may not decide, RunConflict when it is decided, or too late to."""
        self._allow(who)
        if self.status is not ApprovalStatus.ASKED:
            raise self._decided()
        if at >= self.until:
            fix = f"treadle restore {self.model} {self.version} -m WHY asks again, once the run has ended"
            said = Problem("/run", "the time to decide is over", f"{at:%Y-%m-%d %H:%M:%SZ}", self._until, fix)
            raise RunConflict(f"run {self.run} could be decided until {self._until}", said)

    def _allow(self, who: Approver) -> None:
        if who.name in self.started_by:
            fix = "ask another of those who may"
            said = Problem("/run", "never by who started it", who.name[:99], _clipped(self.asks), fix)
            raise Forbidden(f"{who.name} started run {self.run}, so somebody else decides on it", said)
        if who.names.isdisjoint(self.asks):
            fix = "ask one of them, or change deploy.approval.by for the next run"
            said = Problem(
                "/run", "not among those who may decide", _clipped(sorted(who.names)), _clipped(self.asks), fix
            )
            raise Forbidden(f"{who.name} is not among those who may decide on run {self.run}", said)

    def _decided(self) -> RunConflict:
        by = f" by {self.by}" if self.by else ""
        detail = f"run {self.run} was {self.status}{by} at {self.since:%Y-%m-%d %H:%M:%SZ}"
        fix = f"treadle runs show {self.model} {self.run}"
        return RunConflict(detail, Problem("/run", "it is decided", self.status, ApprovalStatus.ASKED, fix))

    @property
    def _until(self) -> str:
        return f"{self.until:%Y-%m-%d %H:%M:%SZ}"


def _clipped(names: Iterable[str]) -> str:
    return ", ".join(names)[:99]
