"""Promote on the input of its state: the wheel's last word reaches the record that predict reads."""

import pytest

from shared.adapters.dynamodb_servings import DynamoServings
from shared.domain.change import Noun, Ref
from shared.domain.errors import NotFound, Superseded
from shared.domain.run import RunStatus
from shared.domain.stage import Stage
from tests.examples import MODEL
from tests.history import NEXT, having_applied, having_ended, having_promoted, having_received, having_registered
from tests.integration.wheel.conftest import RUN, Wheel, recorded


def registered(wheel: Wheel) -> None:
    """The recorded run runs, and has registered version 1."""
    having_applied(wheel.registry)
    having_received(wheel.registry, "january", RUN, 1)
    having_registered(wheel.registry, RUN, 2)


def test_the_runs_version_serves_and_the_run_has_succeeded(wheel: Wheel, table: str) -> None:
    registered(wheel)
    assert wheel.call("promote", recorded("state_promote")) == {"revision": 4}
    serving = DynamoServings(table).serving(MODEL)
    assert serving.champion is not None
    assert (serving.champion.version, serving.revision) == (1, 4)
    assert wheel.registry.model(MODEL, Ref(Noun.VERSION, 1)).version(1).stage is Stage.CHAMPION
    assert (wheel.run(RUN).status, wheel.run(RUN).reason.code) == (RunStatus.SUCCEEDED, "promoted")


def test_a_state_that_is_tried_again_promotes_once_and_answers_alike(wheel: Wheel) -> None:
    registered(wheel)
    answers = [wheel.call("promote", recorded("state_promote")) for _ in range(3)]
    assert answers == [{"revision": 4}] * 3
    assert wheel.registry.model(MODEL).head.revision == 4
    assert len(wheel.registry.audit(MODEL).items) == 4


def test_a_run_that_has_ended_promotes_nothing(wheel: Wheel) -> None:
    registered(wheel)
    having_ended(wheel.registry, RUN, 3)
    with pytest.raises(Superseded):
        wheel.call("promote", recorded("state_promote"))
    assert wheel.registry.model(MODEL).serving.champion is None


def test_a_state_that_comes_late_does_not_take_back_what_was_promoted_since(wheel: Wheel) -> None:
    registered(wheel)
    wheel.call("promote", recorded("state_promote"))
    having_received(wheel.registry, "february", NEXT, 5)
    having_promoted(wheel.registry, having_registered(wheel.registry, NEXT, 6), 7, run=NEXT)
    assert wheel.call("promote", recorded("state_promote")) == {"revision": 4}
    assert wheel.registry.model(MODEL).head.champion == 2


def test_a_version_that_is_not_there_is_not_promoted(wheel: Wheel) -> None:
    registered(wheel)
    with pytest.raises(NotFound):
        wheel.call("promote", {**recorded("state_promote"), "version": 2})
    assert wheel.run(RUN).status is RunStatus.RUNNING
