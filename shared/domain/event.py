"""Event: a transition as outsiders see it, `<noun>.<past participle>`."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from shared.domain.change import Audit, Noun
from shared.domain.run import RunStatus
from shared.domain.stage import Stage

TYPES: Mapping[tuple[Noun, str], str] = {
    (Noun.SPEC, "applied"): "spec.applied",
    (Noun.UPLOAD, "received"): "upload.received",
    (Noun.UPLOAD, "refused"): "upload.refused",
    (Noun.DATASET, "accepted"): "dataset.accepted",
    (Noun.UPLOAD, "expected"): "upload.expected",
    (Noun.RUN, RunStatus.QUEUED): "run.queued",
    (Noun.RUN, RunStatus.RUNNING): "run.started",
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
    code: str = ""
    detail: str = ""


def events(audit: Audit) -> tuple[Event, ...]:
    """The events of one decision, a move each; a move that changes nothing is none."""
    receipt = audit.receipt
    return tuple(
        Event(
            f"{receipt.id}.{place}",
            TYPES[move.noun, move.now],
            receipt.at,
            receipt.model,
            str(move.id),
            receipt.by,
            receipt.reason,
            move.reason.code,
            move.reason.detail,
        )
        for place, move in enumerate(audit.moves)
        if move.was != move.now
    )
