"""Versions: accepted candidates with their numbers, lineage and figures."""

from datetime import datetime

from shared.api.views.runs import ReasonView, reason
from shared.api.views.verdicts import VerdictView
from shared.api.views.view import View
from shared.domain.artifact import Manifest
from shared.domain.signature import Input, Signature
from shared.domain.spec.train import Scalar
from shared.domain.stage import Stage
from shared.domain.version import Version


class InputView(View):
    """One column that callers send; `feature`: every row must have it. No values: any may come."""

    name: str
    type: str
    feature: bool
    values: tuple[str, ...]
    min: float | None
    max: float | None


class SignatureView(View):
    """What callers send and what comes back; classes and threshold where the task has them."""

    inputs: tuple[InputView, ...]
    task: str
    target: str
    classes: tuple[str, ...]
    threshold: float | None


class VersionSummary(View):
    """A version in a list; `score` is its headline metric on untouched rows."""

    model: str
    version: int
    stage: Stage
    reason: ReasonView | None
    metric: str
    score: float
    run: str
    dataset: str
    spec: int
    sha256: str
    by: str
    registered_at: datetime
    since_at: datetime
    learned_until_at: datetime | None


class VersionView(View):
    """A version by itself: how it was made, what it takes and gives, and its verdict."""

    model: str
    version: int
    stage: Stage
    reason: ReasonView | None
    metric: str
    score: float
    run: str
    dataset: str
    spec: int
    sha256: str
    by: str
    registered_at: datetime
    since_at: datetime
    learned_until_at: datetime | None
    family: str
    parameters: dict[str, Scalar]
    bytes: int
    code: str
    signature: SignatureView
    verdict: VerdictView | None


def summary(of: Version) -> VersionSummary:
    """A version in a list."""
    return VersionSummary(
        model=of.model,
        version=of.number,
        stage=of.stage,
        reason=reason(of.reason),
        metric=of.metric,
        score=of.score,
        run=of.run,
        dataset=of.dataset,
        spec=of.spec,
        sha256=of.artifact,
        by=of.by,
        registered_at=of.at,
        since_at=of.since,
        learned_until_at=of.learned_until,
    )


def version(of: Version, manifest: Manifest, verdict: VerdictView | None) -> VersionView:
    """A version by itself."""
    return VersionView(
        **dict(summary(of)),
        family=manifest.family,
        parameters=dict(manifest.parameters),
        bytes=manifest.size,
        code=manifest.code,
        signature=_signature(manifest.signature),
        verdict=verdict,
    )


def _signature(of: Signature) -> SignatureView:
    return SignatureView(
        inputs=tuple(map(_input, of.inputs)),
        task=of.output.task,
        target=of.output.column,
        classes=of.output.classes,
        threshold=of.output.threshold,
    )


def _input(of: Input) -> InputView:
    return InputView(name=of.name, type=of.type, feature=of.feature, values=of.values, min=of.min, max=of.max)
