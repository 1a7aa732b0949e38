"""The demo's story, asserted: the same file that `make demo` draws."""

import os
from collections.abc import Sequence

import pytest

from samples.flights.story import LOCAL_STORY, STORY
from samples.story import Played, Step


@pytest.mark.parametrize("step", STORY if "BASE_URL" in os.environ else LOCAL_STORY, ids=lambda step: step.verb)
def test_the_story_is_true(step: Step, told: Sequence[Played]) -> None:
    assert [played.outcome for played in told if played.verb == step.verb]
