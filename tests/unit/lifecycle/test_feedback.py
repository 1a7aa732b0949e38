"""Feedback, as a verb: it reads one small record, now and then."""

from datetime import timedelta

from shared.domain.capture import Outcome
from shared.domain.serving import Role
from shared.lifecycle import feedback
from shared.lifecycle.feedback import Request, Result
from tests.fakes.clock import SetClock
from tests.unit.lifecycle.artifacts import Store

ULID = "00T0Y4EM00" + "0" * 16


def fed_back(store: Store, clock: SetClock, *ids: str) -> Result:
    """Every one of these came true."""
    outcomes = [Outcome(each, actual=True) for each in ids]
    return feedback.run(Request("flights", outcomes), servings=store, clock=clock, fresh_s=2.0)


def test_the_serving_record_is_read_once_in_two_seconds() -> None:
    store, clock = Store(), SetClock()
    for seconds in (0, 1, 1):
        clock.pass_time(timedelta(seconds=seconds))
        fed_back(store, clock, "prd")
    assert store.readings == 2


def test_nothing_is_known_of_a_model_that_never_answered() -> None:
    assert fed_back(Store(), SetClock(), f"prd_flights_1c_{ULID}_0").unknown == (f"prd_flights_1c_{ULID}_0",)


def test_a_version_that_no_longer_answers_is_still_told_about() -> None:
    store = Store()
    store.serve((store.binary(), Role.PINNED, 0.0), (store.binary(), Role.CHAMPION, 1.0))
    store.arms = store.arms[1:]
    assert len(fed_back(store, SetClock(), f"prd_flights_1c_{ULID}_0").accepted) == 1
