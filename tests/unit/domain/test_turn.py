"""Turn: a model has one run running and one queued at the most, and every upload is in exactly one of its runs."""

from dataclasses import replace
from datetime import timedelta

import pytest

from shared.domain import turn
from shared.domain.change import Move, Noun
from shared.domain.errors import RunConflict, Superseded
from shared.domain.head import Head, Open, Pace
from shared.domain.reason import Reason
from shared.domain.run import BeginAt, RunStatus
from tests.examples import MODEL, NOON, cause, later, order

IDLE = Head(MODEL, 3, NOON, spec=2, dataset="ds_0")
BUSY = replace(IDLE, running=Open("run_1", RunStatus.RUNNING, ("up_1",)))
QUEUED = replace(BUSY, queued=Open("run_2", RunStatus.QUEUED, ("up_2", "up_3")))


def begin(head: Head, uploads: tuple[str, ...] = (), minutes: float = 0) -> turn.Turn:
    return turn.begin(head, "run_9", cause("january"), order("begin"), later(minutes), uploads)


def test_a_run_starts_at_once_where_none_is_open() -> None:
    head, moves, run = begin(IDLE, ("up_9",))
    assert head.running == Open("run_9", RunStatus.RUNNING, ("up_9",))
    assert moves == (Move(Noun.RUN, "run_9", "", RunStatus.RUNNING),)
    assert (run.status, run.spec, run.dataset, run.uploads) == (RunStatus.RUNNING, 2, "ds_0", ("up_9",))


def test_a_run_waits_behind_the_one_that_runs() -> None:
    head, moves, run = begin(BUSY, ("up_9",))
    assert (head.running, head.queued) == (BUSY.running, Open("run_9", RunStatus.QUEUED, ("up_9",)))
    assert [move.now for move in moves] == [RunStatus.QUEUED]
    assert run.status is RunStatus.QUEUED


def test_a_newer_run_covers_the_queued_one_with_all_its_uploads() -> None:
    head, moves, run = begin(QUEUED, ("up_9",))
    assert run.uploads == ("up_2", "up_3", "up_9")
    assert head.queued == Open("run_9", RunStatus.QUEUED, run.uploads)
    assert moves[1] == Move(Noun.RUN, "run_2", "queued", "superseded", Reason("superseded", "run_9 covers it"))


def test_a_run_that_starts_while_another_is_queued_covers_that_one_too() -> None:
    head, moves, run = begin(replace(QUEUED, running=None), ("up_9",))
    assert (head.queued, head.running) == (None, Open("run_9", RunStatus.RUNNING, ("up_2", "up_3", "up_9")))
    assert [move.now for move in moves] == [RunStatus.RUNNING, RunStatus.SUPERSEDED]
    assert run.uploads == ("up_2", "up_3", "up_9")


def test_a_run_over_the_pace_waits_although_none_is_open() -> None:
    paced = replace(IDLE, pace=Pace(2, timedelta(days=1)), starts=(NOON, later(1)))
    head, _, run = begin(paced, minutes=2)
    assert (run.status, head.running) == (RunStatus.QUEUED, None)


def test_a_start_counts_for_one_period_and_no_longer() -> None:
    paced = replace(IDLE, pace=Pace(1, timedelta(hours=1)), starts=(NOON,))
    assert not paced.may_start(NOON + timedelta(minutes=59, seconds=59))
    assert paced.may_start(NOON + timedelta(hours=1))
    head, _, _ = begin(paced, minutes=60)
    assert head.starts == (later(60),)


def test_the_queued_run_starts_pinned_to_the_newest_spec_and_data() -> None:
    _, _, waiting = begin(BUSY, ("up_9",))
    head = replace(IDLE, spec=5, dataset="ds_4", queued=Open("run_9", RunStatus.QUEUED, ("up_9", "up_10")))
    after, move, run = turn.start_queued(head, waiting, later(5))
    assert (run.spec, run.dataset, run.uploads, run.since) == (5, "ds_4", ("up_9", "up_10"), later(5))
    assert (after.queued, after.running) == (None, Open("run_9", RunStatus.RUNNING, ("up_9", "up_10")))
    assert move == Move(Noun.RUN, "run_9", "queued", "running")


def test_a_queued_run_does_not_start_beside_another_nor_twice() -> None:
    _, _, waiting = begin(BUSY)
    for head in (replace(BUSY, queued=Open("run_9", RunStatus.QUEUED)), QUEUED, IDLE):
        with pytest.raises(RunConflict):
            turn.start_queued(head, waiting, later(5))


def test_an_open_run_ends_and_leaves_its_place() -> None:
    reason = Reason("gate_failed", "brier is 0.3")
    head, (move,) = turn.end(QUEUED, "run_1", RunStatus.REJECTED, reason)
    assert (head.running, head.queued) == (None, QUEUED.queued)
    assert move == Move(Noun.RUN, "run_1", "running", "rejected", reason)
    head, (move,) = turn.end(QUEUED, "run_2", RunStatus.CANCELLED, reason)
    assert (head.running, head.queued, move.was) == (QUEUED.running, None, "queued")


def test_a_run_ends_once() -> None:
    with pytest.raises(RunConflict):
        turn.end(IDLE, "run_1", RunStatus.FAILED, Reason("timed_out"))


def test_a_run_that_decides_what_serves_succeeds() -> None:
    head, moves = turn.settle(BUSY, order("promote", run="run_1"), RunStatus.SUCCEEDED, Reason("promoted"))
    assert head.running is None
    assert [(move.id, move.now, move.reason.code) for move in moves] == [("run_1", "succeeded", "promoted")]


def test_a_person_who_decides_what_serves_overtakes_the_open_run() -> None:
    _, moves = turn.settle(BUSY, order("promote"), RunStatus.SUCCEEDED, Reason("promoted"))
    assert [(move.now, move.reason.code) for move in moves] == [("cancelled", "overtaken")]
    assert turn.settle(IDLE, order("promote"), RunStatus.SUCCEEDED, Reason("promoted")) == (IDLE, ())


@pytest.mark.parametrize("head", [IDLE, BUSY], ids=["ended", "another runs"])
def test_a_run_that_no_longer_runs_decides_nothing(head: Head) -> None:
    with pytest.raises(Superseded):
        turn.settle(head, order("promote", run="run_0"), RunStatus.SUCCEEDED, Reason("promoted"))


def test_a_run_about_a_version_begins_in_the_middle_and_counts_against_no_pace() -> None:
    paced = replace(IDLE, pace=Pace(1, timedelta(days=1)), starts=(NOON,))
    head, moves, run = turn.enter(paced, "run_9", cause("restore"), order("restore"), later(1), BeginAt.SCORE, 3)
    assert (head.running, head.starts) == (Open("run_9", RunStatus.RUNNING), (NOON,))
    assert moves == (Move(Noun.RUN, "run_9", "", RunStatus.RUNNING),)
    assert (run.begin_at, run.version, run.dataset, run.uploads) == (BeginAt.SCORE, 3, "ds_0", ())


@pytest.mark.parametrize("head", [BUSY, QUEUED, replace(QUEUED, running=None)])
def test_a_run_about_a_version_is_refused_while_another_is_open(head: Head) -> None:
    with pytest.raises(RunConflict) as refused:
        turn.enter(head, "run_9", cause("drill"), order("drill"), later(1), BeginAt.DRILL, 3)
    assert refused.value.problems[0].fix == "treadle cancel flights"
