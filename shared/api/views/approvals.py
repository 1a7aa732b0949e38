"""Approvals: whose word a run waits for."""

from datetime import datetime

from shared.api.views.view import View
from shared.domain.approval import Approval, ApprovalStatus


class AskedView(View):
    """Whose word a run waits for, or waited for: one of `may_decide`, none of `started_by`, until then.

    `status` is asked, approved, rejected, expired, or withdrawn where the run ended otherwise; `by` is null for nobody.
    """

    status: ApprovalStatus
    version: int
    may_decide: tuple[str, ...]
    started_by: tuple[str, ...]
    asked_at: datetime
    until_at: datetime
    decided_at: datetime | None
    by: str | None
    reason: str | None


def asked(of: Approval) -> AskedView:
    """Whose word it is; the token stays where it is."""
    decided = of.status is not ApprovalStatus.ASKED
    return AskedView(
        status=of.status,
        version=of.version,
        may_decide=of.asks,
        started_by=of.started_by,
        asked_at=of.at,
        until_at=of.until,
        decided_at=of.since if decided else None,
        by=of.by or None,
        reason=of.reason.detail or None,
    )
