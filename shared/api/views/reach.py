"""Reach: from an upload to everything that it has come to: data versions, runs, versions, who decided, findings."""

from collections.abc import Iterator, Sequence
from datetime import datetime

from shared.api.views.datasets import DatasetView, dataset
from shared.api.views.findings import FindingView, finding
from shared.api.views.lineage import ApprovalView, SourceView, approved, source
from shared.api.views.runs import CauseView, ReasonView, reason
from shared.api.views.view import View
from shared.domain.change import Audit, Move, Noun, Receipt
from shared.domain.lineage import Descent, Touched, covers
from shared.domain.run import BeginAt, Run, RunStatus
from shared.domain.stage import Stage
from shared.domain.upload import Upload
from shared.domain.version import Version

ANSWERING = frozenset({Stage.CHALLENGER, Stage.CHAMPION, Stage.DRAINING})
"""The stages in which callers can be answered: by a share of the rows, by all of them, by who pins the version."""


class StageView(View):
    """A version's time in a stage; `until_at` is null while it lasts, `answered` says whether callers could meet it."""

    stage: Stage
    answered: bool
    from_at: datetime
    until_at: datetime | None
    by: str
    reason: str


class TurnView(View):
    """A run that `covered` the upload itself, or that learned from or was judged by rows of it; `dataset` is which."""

    id: str
    status: RunStatus
    reason: ReasonView | None
    cause: CauseView
    begin_at: BeginAt
    covered: bool
    dataset: str | None
    by: str
    created_at: datetime
    since_at: datetime


class ReachedView(View):
    """A version that holds something of the upload: where it stood when, and who approved of it."""

    version: int
    run: str
    dataset: str
    spec: int
    sha256: str
    stage: Stage
    stages: tuple[StageView, ...]
    approvals: tuple[ApprovalView, ...]


class ReachView(View):
    """All that a file has come to, each the oldest first.

    `status` and `reason` are the upload's. `datasets` hold rows of it; `runs` that were rejected are its refused
    candidates; `findings` are about its versions, or began its runs.
    """

    model: str
    status: str
    reason: str | None
    upload: SourceView
    datasets: tuple[DatasetView, ...]
    runs: tuple[TurnView, ...]
    versions: tuple[ReachedView, ...]
    findings: tuple[FindingView, ...]


def reach(of: Upload, found: Touched, descent: Descent, links: Sequence[Audit]) -> ReachView:
    """An upload; `links` is the model's audit chain, newest first."""
    return ReachView(
        model=of.model,
        status=of.status,
        reason=of.reason or None,
        upload=source(of),
        datasets=tuple(map(dataset, found.datasets)),
        runs=tuple(_turn(run, of, descent) for run in found.runs),
        versions=tuple(_reached(version, links) for version in found.versions),
        findings=tuple(map(finding, found.findings)),
    )


def _turn(of: Run, upload: Upload, descent: Descent) -> TurnView:
    return TurnView(
        id=of.id,
        status=of.status,
        reason=reason(of.reason),
        cause=CauseView(kind=of.cause.kind, id=of.cause.id),
        begin_at=of.begin_at,
        covered=covers(of, upload),
        dataset=descent.learned(of) or None,
        by=of.by,
        created_at=of.at,
        since_at=of.since,
    )


def _reached(of: Version, links: Sequence[Audit]) -> ReachedView:
    about = tuple(reversed([(link.receipt, move) for link in links for move in _moves(link, of)]))
    return ReachedView(
        version=of.number,
        run=of.run,
        dataset=of.dataset,
        spec=of.spec,
        sha256=of.artifact,
        stage=of.stage,
        stages=tuple(_stages([each for each in about if each[1].was != each[1].now])),
        approvals=tuple(approved(receipt) for receipt, _ in about if receipt.action == "approve"),
    )


def _moves(link: Audit, of: Version) -> Iterator[Move]:
    yield from (move for move in link.moves if (move.noun, move.id) == (Noun.VERSION, of.number))


def _stages(moved: Sequence[tuple[Receipt, Move]]) -> Iterator[StageView]:
    """A stage lasts until the next move."""
    ends = (*(receipt.at for receipt, _ in moved[1:]), None)
    for (receipt, move), until in zip(moved, ends, strict=True):
        stage = Stage(move.now)
        yield StageView(
            stage=stage,
            answered=stage in ANSWERING,
            from_at=receipt.at,
            until_at=until,
            by=receipt.by,
            reason=receipt.reason,
        )
