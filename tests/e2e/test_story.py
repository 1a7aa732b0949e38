"""The demo's story, asserted: the same file that `make demo` draws, a test a step, in its order."""

import os

import pytest

from samples.flights.story import LOCAL_STORY, STORY
from samples.story import Played, Scene, Step, play


@pytest.mark.parametrize("step", STORY if "BASE_URL" in os.environ else LOCAL_STORY, ids=lambda step: step.verb)
def test_the_story_is_true(step: Step, scene: Scene, played: list[Played]) -> None:
    played.append(play(step, scene))
    assert played[-1].outcome
