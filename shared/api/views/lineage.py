"""Lineage: from one prediction back to the files that it was learned from and the people who decided."""

from datetime import datetime

from shared.api.views.datasets import DatasetView
from shared.api.views.receipts import AuditView
from shared.api.views.runs import RunSummary
from shared.api.views.specs import SpecSummary
from shared.api.views.versions import VersionSummary
from shared.api.views.view import View
from shared.domain.artifact import Manifest
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
    """The version's artifact, and the hash of the code that made it."""

    sha256: str
    family: str
    parameters: dict[str, Scalar]
    bytes: int
    code: str


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
    """The whole way back. Decisions about the version are the oldest first, data versions the newest first."""

    prediction: AnsweredView
    version: VersionSummary
    artifact: MadeView
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


def made(of: Manifest) -> MadeView:
    """The artifact."""
    return MadeView(sha256=of.sha256, family=of.family, parameters=dict(of.parameters), bytes=of.size, code=of.code)


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
