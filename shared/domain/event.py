"""Event: a transition as outsiders see it, `<noun>.<past participle>`; docs/events.md says when each one comes."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from shared.domain.change import Audit, Move, Noun
from shared.domain.finding import Figure, Finding, Kind
from shared.domain.run import RunStatus
from shared.domain.stage import Stage

TYPES: Mapping[tuple[Noun, str], str] = {
    (Noun.SPEC, "applied"): "spec.applied",
    (Noun.UPLOAD, "expected"): "upload.expected",
    (Noun.UPLOAD, "received"): "upload.received",
    (Noun.UPLOAD, "refused"): "upload.refused",
    (Noun.DATASET, "accepted"): "dataset.accepted",
    (Noun.RUN, RunStatus.QUEUED): "run.queued",
    (Noun.RUN, RunStatus.RUNNING): "run.started",
    (Noun.RUN, RunStatus.WAITING): "run.paused",
    (Noun.RUN, RunStatus.SUCCEEDED): "run.succeeded",
    (Noun.RUN, RunStatus.REJECTED): "run.rejected",
    (Noun.RUN, RunStatus.FAILED): "run.failed",
    (Noun.RUN, RunStatus.CANCELLED): "run.cancelled",
    (Noun.RUN, RunStatus.SUPERSEDED): "run.superseded",
    (Noun.VERSION, Stage.CANDIDATE): "version.registered",
    (Noun.VERSION, Stage.CHALLENGER): "version.challenged",
    (Noun.VERSION, Stage.CHAMPION): "version.promoted",
    (Noun.VERSION, Stage.DRAINING): "version.replaced",
    (Noun.VERSION, Stage.RETIRED): "version.retired",
    (Noun.VERSION, Stage.REJECTED): "version.rejected",
    (Noun.VERSION, Stage.PURGED): "version.purged",
}
"""What an item has become → the event's type."""

RETURNS: Mapping[tuple[Noun, str, str], str] = {
    (Noun.RUN, RunStatus.WAITING, RunStatus.RUNNING): "run.approved",
    (Noun.VERSION, Stage.DRAINING, Stage.CHAMPION): "version.reinstated",
    (Noun.VERSION, Stage.RETIRED, Stage.CANDIDATE): "version.restored",
    (Noun.VERSION, Stage.REJECTED, Stage.CANDIDATE): "version.restored",
}
"""What was there before and is again is told as that: where it was, where it is → the event's type."""

FOUND: Mapping[Kind, str] = {Kind.DRIFT: "drift.found", Kind.DROP: "performance.dropped"}
"""Findings are facts, not decisions; they are events all the same."""


@dataclass(frozen=True, slots=True)
class Why:
    """Why an item moved: a code for programs and a sentence for people, both "" where the event says it all."""

    code: str
    detail: str


@dataclass(frozen=True, slots=True)
class Seen:
    """What a check saw of a version in a window `[begins_at, ends_at)`; `code` is what the policy made of it.

    `run` is the run that it caused, "" for none.
    """

    code: str
    detail: str
    version: int
    begins_at: datetime
    ends_at: datetime
    run: str
    figures: tuple[Figure, ...]


@dataclass(frozen=True, slots=True)
class Event:
    """What happened to what, by whom and why; `id` is the same however often it is delivered."""

    id: str
    type: str
    at: datetime
    model: str
    subject: str
    by: str
    reason: str
    data: Why | Seen


def events(audit: Audit) -> tuple[Event, ...]:
    """The events of one decision, a move each; one that changes nothing is none, an approval's is its run's."""
    receipt = audit.receipt
    return tuple(
        Event(
            f"{receipt.id}.{place}",
            _type(move),
            receipt.at,
            receipt.model,
            str(move.id),
            receipt.by,
            receipt.reason,
            Why(move.reason.code, move.reason.detail),
        )
        for place, move in enumerate(audit.moves)
        if move.was != move.now and move.noun is not Noun.APPROVAL
    )


def found(finding: Finding) -> Event:
    """The event of a finding, which has the finding's id."""
    seen = Seen(
        finding.reaction, finding.detail, finding.version, finding.begins, finding.ends, finding.run, finding.figures
    )
    kind = FOUND[finding.kind]
    return Event(finding.id, kind, finding.at, finding.model, finding.id, "treadle:monitor", finding.detail, seen)


def _type(move: Move) -> str:
    return RETURNS.get((move.noun, move.was, move.now)) or TYPES[move.noun, move.now]
