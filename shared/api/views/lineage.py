"""Lineage: from one prediction back to the files that it was learned from and the people who decided."""

from collections.abc import Sequence
from datetime import datetime

from shared.api.views.datasets import DatasetView
from shared.api.views.receipts import AuditView
from shared.api.views.runs import RunSummary
from shared.api.views.specs import SpecSummary
from shared.api.views.versions import VersionSummary
from shared.api.views.view import View
from shared.domain.artifact import Manifest
from shared.domain.change import Audit, Receipt
from shared.domain.prediction import PredictionId
from shared.domain.serving import Serving
from shared.domain.spec.train import Scalar
from shared.domain.upload import Upload


class AnsweredView(View):
    """The prediction: which version answered in which role, when, and which share of the rows it was dealt (0–1).

    `row` is its place in the request, `sha256` of the artifact that answered: a drill's is no version's.
    """

    id: str
    model: str
    version: int
    role: str
    at: datetime
    row: int
    share: float
    sha256: str


class MadeView(View):
    """The version's artifact, the hash of the code that made it, and the versions of what that stood on."""

    sha256: str
    family: str
    parameters: dict[str, Scalar]
    bytes: int
    code: str
    made_with: dict[str, str]


class ApprovalView(View):
    """Who agreed that the version may be deployed, when and why, in which run."""

    by: str
    at: datetime
    reason: str
    run: str | None


class SourceView(View):
    """A file that was learned from, where it lies to the version of the object, and who uploaded it."""

    id: str
    bucket: str
    key: str
    version_id: str
    bytes: int
    sha256: str | None
    by: str | None
    received_at: datetime


class LineageView(View):
    """The whole way back. Decisions about the version are the oldest first, data versions the newest first.

    `approval` is the last one before the prediction; null where the spec asked for none.
    """

    prediction: AnsweredView
    version: VersionSummary
    artifact: MadeView
    approval: ApprovalView | None
    decisions: tuple[AuditView, ...]
    run: RunSummary
    spec: SpecSummary
    datasets: tuple[DatasetView, ...]
    uploads: tuple[SourceView, ...]


def answered(of: PredictionId, then: Serving, artifact: str) -> AnsweredView:
    """The prediction; `then` is what served at its instant, `artifact` the version's own."""
    known = (arm for arm in then.arms if (arm.version, arm.role) == (of.version, of.role))
    arm = next(known, None)
    return AnsweredView(
        id=str(of),
        model=of.model,
        version=of.version,
        role=of.role.name.lower(),
        at=of.at,
        row=of.row,
        share=arm.share if arm else 0.0,
        sha256=arm.artifact if arm else artifact,
    )


def approval(decisions: Sequence[Audit], by: datetime) -> ApprovalView | None:
    """The last approval among these decisions, oldest first, of this instant or before."""
    given = [each.receipt for each in decisions if each.receipt.action == "approve" and each.receipt.at <= by]
    return approved(given[-1]) if given else None


def approved(of: Receipt) -> ApprovalView:
    """One approval."""
    return ApprovalView(by=of.by, at=of.at, reason=of.reason, run=of.run)


def made(of: Manifest) -> MadeView:
    """The artifact."""
    return MadeView(
        sha256=of.sha256,
        family=of.family,
        parameters=dict(of.parameters),
        bytes=of.size,
        code=of.code,
        made_with=dict(of.made_with),
    )


def source(of: Upload) -> SourceView:
    """A file."""
    return SourceView(
        id=of.id,
        bucket=of.place.bucket,
        key=of.place.key,
        version_id=of.place.version,
        bytes=of.bytes,
        sha256=of.sha256 or None,
        by=of.by or None,
        received_at=of.at,
    )
