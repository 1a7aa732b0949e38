"""Judge, in a drill: a copy that breaks is taken back for that, and whatever else comes of it is bad news."""

import pytest

from shared.lifecycle.judge import Outcome
from tests.unit.lifecycle.rollouts import CANARY, Rollout

STEP = {"share": "20%", "bake": "20s"}


def test_a_drill_is_taken_back() -> None:
    rollout = Rollout().drilled(**CANARY)
    rollout.deploys(artifact="b0de")
    rollout.called({"1c": (200, 0, 40), "1h": (50, 17, 10)})
    looked = rollout.looks()
    assert looked.outcome is Outcome.ROLL_BACK
    assert looked.detail.startswith("its broken copy failed 17 of 50 rows, version 1 failed 0 of 200 rows")


@pytest.mark.parametrize("unsure", ["promote", "roll_back"])
def test_a_drill_that_nobody_noticed_promotes_nothing_and_says_so(unsure: str) -> None:
    rollout = Rollout().drilled(steps=[STEP], judge={"unsure": unsure})
    rollout.deploys(artifact="b0de")
    rollout.passes(21)
    rollout.called({"1c": (4000, 0, 900), "1h": (1000, 0, 280)})
    looked = rollout.looks()
    assert (looked.outcome, looked.detail[:26]) == (Outcome.UNNOTICED, "the drill was not noticed:")


@pytest.mark.parametrize("unsure", ["promote", "roll_back"])
def test_a_drill_that_nobody_called_was_not_noticed_either(unsure: str) -> None:
    rollout = Rollout().drilled(steps=[STEP], judge={"unsure": unsure})
    rollout.deploys(artifact="b0de")
    rollout.passes(41)
    looked = rollout.looks()
    assert looked.outcome is Outcome.UNNOTICED
    assert looked.detail.startswith("the drill was not noticed: not enough evidence, 0 rows")
