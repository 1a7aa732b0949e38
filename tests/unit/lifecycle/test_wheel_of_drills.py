"""The wheel of verbs entered in the middle: a drill at the breaking of the copy, a restored version at score."""

import numpy as np
import pytest

from shared.domain import places
from shared.domain.change import Noun, Ref
from shared.engines import scoring
from shared.lifecycle import deploy, drill, score, train
from shared.lifecycle.deploy import Way
from shared.ports.artifacts import load
from tests import examples
from tests.unit.lifecycle.test_wheel_of_verbs import ROW, first_turn
from tests.unit.lifecycle.workshop import MODEL, Workshop

Turned = tuple[Workshop, str]
ROWS = [
    {**ROW, "distance": distance, "carrier": carrier} for distance in range(100, 2500, 7) for carrier in ("AA", "B6")
]


@pytest.fixture(scope="module")
def turned(tmp_path_factory: pytest.TempPathFactory) -> Turned:
    """Version 1 serves; the run that made it is over."""
    return first_turn(Workshop(tmp_path_factory.mktemp("wheel")))


def scores(workshop: Workshop, sha256: str) -> "np.ndarray[tuple[int, ...], np.dtype[np.float64]]":
    artifact = load(workshop.artifacts, sha256)
    return scoring.replayed(ROWS, scoring.Scorer(artifact.body, artifact.manifest.signature))[:, 0]


def test_a_restored_version_is_scored_by_its_own_artifact(turned: Turned) -> None:
    workshop, run = turned
    version = workshop.world.model(Ref(Noun.VERSION, 1)).version(1)
    request = score.Request(MODEL, run, version.dataset, "", 1)
    assert workshop.call(score.run, request) == score.Result(1, version.artifact)
    assert workshop.artifacts.keys(places.scores(MODEL, run, "candidate"))


def test_a_drills_copy_is_tried_and_fails_about_a_third_of_the_rows(turned: Turned) -> None:
    workshop, _ = turned
    world = workshop.world
    run = drill.run(drill.Request(MODEL, examples.order("drill")), **world.starting()).run or ""
    broken = workshop.twice(train.break_copy, train.Drill(MODEL, run, 1)).artifact
    gone = workshop.twice(deploy.run, deploy.Request(MODEL, run, 1, 1, 0, broken))
    assert (workshop.changed, gone.way, gone.until_ms - gone.since_ms) == ([], Way.CANARY, 60_000)
    assert [(arm.name, arm.artifact) for arm in world.model().serving.challengers] == [("1h", broken)]
    whole, copy = scores(workshop, world.model(Ref(Noun.VERSION, 1)).version(1).artifact), scores(workshop, broken)
    assert 0.1 < np.isnan(copy).mean() < 0.6
    assert np.array_equal(copy[~np.isnan(copy)], whole[~np.isnan(copy)])
    assert list(workshop.steps(run)) == ["drill", "deploy"]
