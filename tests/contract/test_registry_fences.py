"""Fences: of the tries of one step the newest writes; one that was given up, and goes on running, writes nothing."""

from datetime import datetime, timedelta

import pytest

from shared.domain.attempt import Attempt
from shared.domain.change import Fact, Noun, Ref
from shared.domain.errors import LateWrite
from shared.ports.fence import begun
from shared.ports.registry import Query, Registry
from tests.examples import MODEL, later, order, step, version
from tests.history import RUN, decide, having_applied, having_ended, having_received, having_registered

ENTERED = later(2)


def a_try(retry: int = 0, state: str = "Register", entered: datetime = ENTERED, run: str = RUN) -> Attempt:
    """A try of a state that was entered at this instant."""
    return Attempt(MODEL, run, state, entered, retry)


def register(registry: Registry, name: str = "register") -> int:
    """The number that the run's candidate gets."""
    given = order(name, run=RUN)
    refs = (Ref(Noun.COMMAND, given.id),)
    return decide(registry, lambda model: model.register(given, version(RUN, later(3))), *refs).version or 0


@pytest.fixture
def running(registry: Registry) -> Registry:
    """A registry in which a run runs."""
    having_applied(registry)
    having_received(registry, "january", RUN, 1)
    return registry


def test_a_try_that_was_given_up_tells_of_nothing(running: Registry) -> None:
    first = begun(running, a_try(0))
    begun(running, a_try(1))
    with pytest.raises(LateWrite) as late:
        first.commit(Fact(step(RUN, "register", later(3)), RUN))
    assert late.value.detail == f"a newer try of Register of run {RUN} has begun"
    assert running.page(Query(Noun.STEP, MODEL, run=RUN)).items == ()


def test_a_try_that_was_given_up_decides_nothing(running: Registry) -> None:
    first = begun(running, a_try(0))
    begun(running, a_try(1))
    before = running.model(MODEL).head
    with pytest.raises(LateWrite):
        register(first)
    assert running.model(MODEL).head == before
    assert running.model(MODEL, Ref(Noun.COMMAND, order("register").id)).commands == {}


def test_the_newest_try_writes(running: Registry) -> None:
    begun(running, a_try(0))
    second = begun(running, a_try(1))
    assert register(second) == 1
    second.commit(Fact(step(RUN, "register", later(3)), RUN))
    assert len(running.page(Query(Noun.STEP, MODEL, run=RUN)).items) == 1


def test_one_try_that_is_delivered_twice_is_answered_once(running: Registry) -> None:
    here, there = begun(running, a_try(0)), begun(running, a_try(0))
    assert [register(here), register(there)] == [1, 1]
    for hand in (here, there):
        hand.commit(Fact(step(RUN, "register", later(3)), RUN))
    assert running.model(MODEL).head.next_version == 2


def test_a_try_that_was_given_up_cannot_begin_again(running: Registry) -> None:
    begun(running, a_try(1))
    with pytest.raises(LateWrite):
        begun(running, a_try(0))


def test_a_state_that_is_entered_anew_outdates_every_retry_before(running: Registry) -> None:
    last = begun(running, a_try(6))
    begun(running, a_try(0, entered=later(2) + timedelta(milliseconds=1)))
    with pytest.raises(LateWrite):
        last.commit(Fact(step(RUN, "register", later(3)), RUN))


def test_a_tenth_retry_is_newer_than_a_ninth(running: Registry) -> None:
    begun(running, a_try(9))
    assert register(begun(running, a_try(10))) == 1


def test_states_do_not_fence_each_other_off(running: Registry) -> None:
    one = begun(running, a_try(state="Evaluate", entered=later(3)))
    assert register(begun(running, a_try(entered=later(2)))) == 1
    one.commit(Fact(step(RUN, "evaluate", later(3)), RUN))


def test_runs_do_not_fence_each_other_off(running: Registry) -> None:
    begun(running, a_try(run="run_9", entered=later(9)))
    assert register(begun(running, a_try())) == 1


def test_who_never_began_writes_nothing(running: Registry) -> None:
    with pytest.raises(LateWrite):
        running.commit(Fact(step(RUN, "register", later(3)), RUN, a_try()))


def test_a_late_try_is_told_so_also_where_the_newest_has_written_the_same(running: Registry) -> None:
    first, second = begun(running, a_try(0)), begun(running, a_try(1))
    stale = first.model(MODEL).register(order("register", run=RUN), version(RUN, later(3)))
    assert register(second) == 1
    with pytest.raises(LateWrite):
        first.commit(stale)


def test_a_try_whose_reply_was_lost_is_answered_by_the_next_although_the_run_has_ended(running: Registry) -> None:
    assert register(begun(running, a_try(0))) == 1
    having_ended(running, RUN, 4)
    assert register(begun(running, a_try(1))) == 1


def test_a_person_is_fenced_off_by_nobody(running: Registry) -> None:
    begun(running, a_try(0))
    assert having_registered(running, RUN, 5) == 1
