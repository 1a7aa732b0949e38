"""The story's stage: an embedded cloud of its own, or the deployed one that BASE_URL names."""

import os
from collections.abc import Iterator, Sequence
from contextlib import closing
from pathlib import Path

import pytest

from samples.demo import cloud
from samples.flights.story import LOCAL_STORY, STORY
from samples.story import Played, Scene, played
from treadle.client import Client
from treadle.profile import Profile, profile

EMBEDDED_ALONE = [
    "test_approvals.py",
    "test_bad_uploads.py",
    "test_executions_of_the_story.py",
    "test_story_on_the_readme.py",
]
"""Two people at one client, strays, executions, the mailbox and the last screen are the embedded cloud's."""

collect_ignore = EMBEDDED_ALONE if "BASE_URL" in os.environ else []


@pytest.fixture(scope="session")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """The local.json of an embedded cloud that these tests share."""
    with cloud(tmp_path_factory.mktemp("cloud")) as kept:
        yield kept


@pytest.fixture(scope="session")
def here(request: pytest.FixtureRequest) -> Profile:
    """Where Treadle is; BASE_URL goes with TREADLE_TOKEN_URL, TREADLE_CLIENT_ID and its fellows."""
    if base_url := os.environ.get("BASE_URL"):
        return profile({**os.environ, "TREADLE_API_URL": base_url})
    return profile({"TREADLE_PROFILE": str(request.getfixturevalue("settings"))})


@pytest.fixture(scope="session")
def scene(here: Profile, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Scene]:
    """One scene for the whole story: what a step notes, the next one reads."""
    with closing(Client(here)) as client:
        yield Scene(client, tmp_path_factory.mktemp("files"))


@pytest.fixture(scope="session")
def told(scene: Scene) -> Sequence[Played]:
    """The whole story, played once and in its order; a step that is not verified ends it, and is named."""
    return tuple(played(STORY if "BASE_URL" in os.environ else LOCAL_STORY, scene))
