"""Versions: accepted candidates with their numbers, lineage and figures."""

from datetime import datetime

from shared.api.views.runs import ReasonView, reason
from shared.api.views.verdicts import VerdictView
from shared.api.views.view import View
from shared.domain.artifact import Manifest
from shared.domain.serving import Serving
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
    """A version in a list; `score` is its headline metric on untouched rows, `share` the rows that it is dealt (0–1).

    One that drains was deprecated when it was replaced, and answers who pins it until its sunset.
    """

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
    share: float
    deprecated_at: datetime | None
    sunset_at: datetime | None


class VersionView(View):
    """A version by itself: how it was made, what it takes and gives, and its verdict.

    `retirement` is where the account of its retirement is, of one that has left.
    """

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
    share: float
    deprecated_at: datetime | None
    sunset_at: datetime | None
    retirement: str | None
    family: str
    parameters: dict[str, Scalar]
    bytes: int
    code: str
    signature: SignatureView
    verdict: VerdictView | None


GONE = frozenset({Stage.RETIRED, Stage.PURGED})


def summary(of: Version, serving: Serving) -> VersionSummary:
    """A version in a list, and how it serves."""
    arm = next((arm for arm in serving.arms if arm.version == of.number), None)
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
        share=arm.share if arm else 0.0,
        deprecated_at=arm.since if arm else None,
        sunset_at=arm.sunset if arm else None,
    )


def version(of: Version, serving: Serving, manifest: Manifest, verdict: VerdictView | None) -> VersionView:
    """A version by itself."""
    account = f"/models/{of.model}/versions/{of.number}/retirement"
    return VersionView(
        **dict(summary(of, serving)),
        retirement=account if of.stage in GONE else None,
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
