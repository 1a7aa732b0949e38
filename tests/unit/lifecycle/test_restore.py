"""Restore: a version that left is judged anew, and stays where it is unless it passes."""

import pytest

from shared.domain.change import Noun, Ref
from shared.domain.errors import KeyReused, NotFound, RevisionMoved, RunConflict, StageConflict
from shared.domain.run import BeginAt, RunStatus
from shared.domain.stage import Stage
from tests.examples import MODEL, order
from tests.history import THIRD, having_ended, having_received
from tests.unit.lifecycle.leaving import Leaving


@pytest.fixture
def left() -> Leaving:
    """Version 1 is retired, version 2 answers."""
    leaving = Leaving()
    leaving.asks(1, order("retire"))
    return leaving


def test_a_run_about_the_version_begins_at_score(left: Leaving) -> None:
    receipt = left.restores(1, order("restore"))
    [run] = left.wheel.started.values()
    assert (run.id, run.status, run.begin_at, run.version) == (receipt.run, RunStatus.RUNNING, BeginAt.SCORE, 1)
    assert left.stage(1) is Stage.RETIRED


def test_the_same_order_twice_begins_one_run(left: Leaving) -> None:
    first, again = (left.restores(1, order("restore")) for _ in range(2))
    assert (again.run, again.replayed) == (first.run, True)
    assert list(left.wheel.started) == [first.run]


def test_an_order_that_comes_again_after_the_run_begins_none(left: Leaving) -> None:
    first = left.restores(1, order("restore"))
    having_ended(left.registry, first.run or "", 20)
    assert left.restores(1, order("restore")).run == first.run
    assert left.registry.model(MODEL).head.running is None


def test_a_run_whose_start_was_lost_is_started_by_the_same_order(left: Leaving) -> None:
    receipt = left.restores(1, order("restore"))
    left.wheel.started.clear()
    left.restores(1, order("restore"))
    assert list(left.wheel.started) == [receipt.run]


def test_what_has_not_left_is_not_restored(left: Leaving) -> None:
    with pytest.raises(StageConflict):
        left.restores(2, order("restore"))
    with pytest.raises(NotFound):
        left.restores(3, order("restore"))
    assert left.wheel.started == {}


def test_while_a_run_is_open_no_version_is_restored(left: Leaving) -> None:
    having_received(left.registry, "march", THIRD, 12)
    with pytest.raises(RunConflict):
        left.restores(1, order("restore"))
    assert left.registry.model(MODEL, Ref(Noun.RUN, THIRD)).run(THIRD).status is RunStatus.RUNNING


def test_who_knows_an_older_state_or_uses_a_key_twice_is_refused(left: Leaving) -> None:
    with pytest.raises(RevisionMoved):
        left.restores(1, order("restore", revision=1))
    left.restores(1, order("restore", "1"))
    with pytest.raises(KeyReused):
        left.restores(1, order("restore", "2"))
