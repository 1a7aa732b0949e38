"""What the tries of a run's steps do: each turn is one thing that one of them does, whether it is the newest or not."""

from contextlib import nullcontext
from dataclasses import replace
from datetime import timedelta

import pytest

from shared.domain.attempt import Attempt
from shared.domain.change import Claim, Fact
from shared.domain.errors import LateWrite, Superseded
from tests.examples import MODEL, step
from tests.witness import Witness

SOONER = timedelta(seconds=1)


def a_try_begins(witness: Witness) -> None:
    """From now on it alone may write for its state."""
    begun = Attempt(MODEL, witness.running or "run_0", "train", witness.now())
    witness.registry.commit(Claim(begun))
    witness.tries.append(begun)


def the_newest_try_is_claimed_again(witness: Witness) -> None:
    """Its reply was lost."""
    if witness.tries:
        witness.registry.commit(Claim(witness.tries[-1]))


def a_try_comes_too_late(witness: Witness) -> None:
    """It began before the newest, and asks only now."""
    for newest in witness.tries[-1:]:
        with pytest.raises(LateWrite):
            witness.registry.commit(Claim(replace(newest, entered=newest.entered - SOONER)))


def an_older_try_wakes_up(witness: Witness) -> None:
    """It tells of nothing any more. Its own claim is answered as the first time, or refused: nothing follows of it."""
    at = witness.now()
    newer = {one.fence: one for one in witness.tries}
    for late in [one for one in witness.tries if newer[one.fence] != one][-1:]:
        with pytest.raises(LateWrite):
            witness.registry.commit(Fact(step(late.run, late.state, at), late.run, late))


def a_step_is_recorded(witness: Witness) -> None:
    """By the newest try, while its run runs or once it was recorded; the head stays as it is."""
    at, before = witness.now(), witness.model().head
    for newest in witness.tries[-1:]:
        told = step(newest.run, newest.state, at)
        with nullcontext() if newest.run == witness.running or told.id in witness.told else pytest.raises(Superseded):
            witness.registry.commit(Fact(told, newest.run, newest))
            witness.told.add(told.id)
    assert witness.model().head == before


def a_step_of_a_run_that_is_over_is_recorded(witness: Witness) -> None:
    """Nobody may."""
    with pytest.raises(Superseded):
        witness.registry.commit(Fact(step("run_0", "data", witness.now()), "run_0"))


TURNS = (
    a_try_begins,
    the_newest_try_is_claimed_again,
    a_try_comes_too_late,
    an_older_try_wakes_up,
    a_step_is_recorded,
    a_step_of_a_run_that_is_over_is_recorded,
)
