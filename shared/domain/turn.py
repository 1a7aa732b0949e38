"""Turn: what beginning and ending a run does to the head; a model has one run running and one queued at the most."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from shared.domain.approval import ApprovalStatus
from shared.domain.change import Move, Noun
from shared.domain.dataset import dataset_of
from shared.domain.errors import Conflict, Problem, RunConflict, Superseded
from shared.domain.head import Head, Open
from shared.domain.order import Order
from shared.domain.reason import Reason
from shared.domain.run import BeginAt, Cause, Run, RunStatus

UNREAD_AFTER = frozenset({RunStatus.FAILED, RunStatus.CANCELLED})
"""Ends after which nobody has said whether the uploads are good, unless the run had accepted its data before."""

UNDECIDED: Mapping[str, ApprovalStatus] = {
    "not_approved": ApprovalStatus.REJECTED,
    "approval_expired": ApprovalStatus.EXPIRED,
}
"""Reason of an end → what became of the approval that the run waited for; by any other it is withdrawn."""

MOST_UPLOADS = 2_000
"""Uploads that the runs of a model cover which have not ended: what `data` reads within its time, 64 KB of the head."""

Turn = tuple[Head, tuple[Move, ...], Run]


def begin(head: Head, run: str, cause: Cause, order: Order, at: datetime, uploads: tuple[str, ...] = ()) -> Turn:
    """A new run: running when nothing is open and the pace allows it, else queued.

    It covers the uploads that no run has read, and those of an older queued run; raises Conflict for one too many.
    """
    _must_hold(head, uploads)
    status = RunStatus.RUNNING if head.may_start(at) else RunStatus.QUEUED
    moves = [Move(Noun.RUN, run, "", status)]
    if older := head.queued:
        covered = Reason("superseded", f"{run} covers it")
        moves.append(Move(Noun.RUN, older.run, RunStatus.QUEUED, RunStatus.SUPERSEDED, covered))
        uploads = (*older.uploads, *uploads)
    uploads = (*head.unread, *uploads)
    head = replace(head, unread=())
    begun = Open(run, status, uploads)
    after = _started(head, begun, at) if status is RunStatus.RUNNING else replace(head, queued=begun)
    return after, tuple(moves), Run(head.model, run, cause, order.by, at, head.spec, uploads, head.dataset, status, at)


def join(head: Head, queued: Open, upload: str) -> tuple[Head, Move, str]:
    """The queued run covers one upload more; raises Conflict for one too many."""
    _must_hold(head, (upload,))
    after = replace(head, queued=replace(queued, uploads=(*queued.uploads, upload)))
    return after, Move(Noun.RUN, queued.run, queued.status, queued.status), queued.run


def _must_hold(head: Head, more: tuple[str, ...]) -> None:
    """Raise Conflict where these have to wait: they stay in their bucket, and come again by the queue or by sweep."""
    if more and (waiting := head.covered) + len(more) > MOST_UPLOADS:
        fix = "nothing: it is taken in when the open run has ended"
        problem = Problem("/uploads", "as many wait as runs may cover", f"{waiting:,}", f"under {MOST_UPLOADS:,}", fix)
        raise Conflict(f"{head.model} has {waiting:,} uploads that no run has learned from yet", problem)


def enter(head: Head, run: str, cause: Cause, order: Order, at: datetime, begin_at: BeginAt, version: int) -> Turn:
    """A run about a version, which begins in the middle: it waits for nobody; raises RunConflict while one is open."""
    if open_run := head.running or head.queued:
        problem = Problem("/model", "another run is open", open_run.run, "no open run", f"treadle cancel {head.model}")
        raise RunConflict(f"run {open_run.run} of {head.model} is open", problem)
    begun = Open(run, RunStatus.RUNNING)
    made = Run(
        head.model, run, cause, order.by, at, head.spec, (), head.dataset, begun.status, at,
        begin_at=begin_at, version=version,
    )  # fmt: skip
    return replace(head, running=begun), (Move(Noun.RUN, run, "", begun.status),), made


def _started(head: Head, running: Open, at: datetime) -> Head:
    return replace(head, queued=None, running=running, starts=(*head.recent_starts(at), at))


def start_queued(head: Head, queued: Run, at: datetime) -> tuple[Head, Move, Run]:
    """The queued run starts, pinned to the newest spec, data version and uploads."""
    if head.queued is None or head.queued.run != queued.id or not head.may_start(at):
        raise RunConflict(
            f"run {queued.id} cannot start now",
            Problem("/run", "another is open, or the pace is used up", fix="it starts by itself when the other ends"),
        )
    uploads = head.queued.uploads
    after = _started(head, Open(queued.id, RunStatus.RUNNING, uploads), at)
    running = replace(queued, spec=head.spec, dataset=head.dataset, uploads=uploads, status=RunStatus.RUNNING, since=at)
    return after, Move(Noun.RUN, queued.id, RunStatus.QUEUED, RunStatus.RUNNING), running


def end(head: Head, run: str, status: RunStatus, reason: Reason) -> tuple[Head, tuple[Move, ...]]:
    """The run leaves the head, and nobody is asked any more; raises RunConflict when it is not open."""
    for place in (head.running, head.queued):
        if place and place.run == run:
            after = replace(head, running=None) if place is head.running else replace(head, queued=None)
            if status in UNREAD_AFTER and head.dataset != dataset_of(run):
                after = replace(after, unread=(*head.unread, *place.uploads))
            return after, (Move(Noun.RUN, run, place.status, status, reason), *_asked_no_more(place, reason))
    raise RunConflict(
        f"run {run} has ended", Problem("/run", "only an open run can end", expected="queued, running or waiting")
    )


def _asked_no_more(place: Open, reason: Reason) -> tuple[Move, ...]:
    if place.status is not RunStatus.WAITING:
        return ()
    left = UNDECIDED.get(reason.code, ApprovalStatus.WITHDRAWN)
    return (Move(Noun.APPROVAL, place.run, ApprovalStatus.ASKED, left, reason),)


def settle(head: Head, order: Order, status: RunStatus, reason: Reason) -> tuple[Head, tuple[Move, ...]]:
    """What serves is decided, so the open run ends: as this, when it decided itself, else overtaken by a person.

    A run that no longer runs decides nothing (Superseded).
    """
    if order.run:
        must_run(head, order)
        return end(head, order.run, status, reason)
    if head.running is None:
        return head, ()
    overtaken = Reason("overtaken", f"{order.by} decided otherwise: {order.reason}")
    return end(head, head.running.run, RunStatus.CANCELLED, overtaken)


def must_run(head: Head, order: Order) -> None:
    """Raise Superseded unless the run that gives this order is the one that runs, RunConflict while it waits."""
    if open_run(head, order).status is RunStatus.WAITING:
        problem = Problem("/run", "nobody has approved yet", RunStatus.WAITING, RunStatus.RUNNING, "decide first")
        raise RunConflict(f"run {order.run} waits for approval", problem)


def open_run(head: Head, order: Order) -> Open:
    """The run that gives this order, running or waiting; raises Superseded for one that has ended."""
    if head.running is None or head.running.run != order.run:
        raise Superseded(f"run {order.run} no longer runs", Problem("/run", "it has ended", fix="start another run"))
    return head.running
