"""Predict reads little, checks what it loads, and stops in time."""

from datetime import timedelta

import pytest

from shared.domain import places
from shared.domain.artifact import Golden
from shared.domain.errors import ArtifactRefused, ModelTooSlow, TooLarge
from shared.domain.serving import Role
from shared.domain.signature import Output
from shared.domain.spec import Task
from shared.lifecycle import predict
from shared.lifecycle.predict import Request
from tests.fakes.clock import SetClock
from tests.unit.lifecycle.artifacts import Store
from tests.unit.lifecycle.caller import NOON, Caller, binary, serving, values


def test_the_serving_record_is_read_once_in_two_seconds() -> None:
    caller = binary()
    for _ in range(3):
        caller.ask(NOON)
    assert caller.store.readings == 1
    caller.clock.pass_time(timedelta(seconds=2))
    caller.ask(NOON)
    assert caller.store.readings == 2


def test_a_new_champion_answers_two_seconds_later() -> None:
    caller = Caller()
    old, new = caller.store.binary(0.04), caller.store.binary(0.02)
    serving(old, caller=caller).ask({"hour": 20})
    serving(new, caller=caller)
    caller.clock.pass_time(timedelta(seconds=2))
    assert values(caller.ask({"hour": 20})) == [False]


def test_an_artifact_is_loaded_once() -> None:
    caller = binary()
    first = caller.ask(NOON)
    loaded = caller.store.arms[0].artifact
    caller.store.objects.put(places.artifact(loaded), b"overwritten")
    caller.clock.pass_time(timedelta(seconds=60))
    assert values(caller.ask(NOON)) == values(first)


def test_bytes_that_are_not_those_of_the_hash_never_answer() -> None:
    caller = binary()
    caller.store.objects.put(places.artifact(caller.store.arms[0].artifact), b"another model")
    with pytest.raises(ArtifactRefused, match="not those that were registered"):
        caller.ask(NOON)


def test_an_artifact_that_is_gone_is_no_missing_model() -> None:
    caller = Caller()
    caller.store.serve(("ab" * 32, Role.CHAMPION, 1.0))
    with pytest.raises(ArtifactRefused, match="not in the store"):
        caller.ask(NOON)


def test_a_model_that_answers_its_golden_row_otherwise_never_answers() -> None:
    with pytest.raises(ArtifactRefused, match="golden"):
        binary(slope=0.04, golden=(Golden({"hour": 10}, (0.41,)),)).ask(NOON)
    assert values(binary(slope=0.04, golden=(Golden({"hour": 10}, (0.4,)),)).ask(NOON)) == [False]


def test_a_model_over_its_time_is_stopped_between_rows() -> None:
    caller = binary()
    caller.ask(NOON)
    ticking = Ticking()
    with pytest.raises(ModelTooSlow, match="2,000 of 5,000 rows"):
        predict.run(
            Request("flights", [NOON] * 5_000),
            servings=caller.store,
            artifacts=caller.store.objects,
            clock=ticking,
            ids=caller.ids,
            fresh_s=2.0,
        )


class Ticking:
    """A clock that is ten seconds later whenever it is read."""

    def __init__(self) -> None:
        self.clock = SetClock()
        self.now = self.clock.now

    def ticks(self) -> float:
        """Ten seconds more than the last time."""
        return (self.clock.pass_time(timedelta(seconds=10)) - SetClock().now()).total_seconds() - 10


def test_many_rows_are_answered_as_each_alone() -> None:
    caller = binary()
    rows = [{"hour": place % 24} for place in range(2_500)]
    assert values(caller.ask(*rows)) == values(caller.ask(*rows[:24])) * 104 + values(caller.ask(*rows[:4]))


def test_an_answer_that_would_be_too_large_is_refused_before_it_is_made() -> None:
    caller = Caller()
    output = Output(Task.MULTICLASS, "when", tuple(f"the {number}th of many classes" for number in range(300)))
    other = Store()
    model = other.objects.read(places.artifact(other.multiclass()))
    caller.store.serve((caller.store.keep(model, output), Role.CHAMPION, 1.0))
    with pytest.raises(TooLarge) as refused:
        caller.ask(*[NOON] * 1_000)
    assert refused.value.problems[0].expected.endswith("rows at most")


def test_a_model_that_gives_no_number_for_a_row_gives_no_answer() -> None:
    caller = Caller()
    serving(caller.store.regression(float("nan")), caller=caller)
    with pytest.raises(ArtifactRefused, match="no number"):
        caller.ask(NOON)
