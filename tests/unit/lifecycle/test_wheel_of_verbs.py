"""The wheel of verbs: from an upload to a version that serves, every verb run twice, all in memory."""

import csv
import io
from datetime import UTC, datetime
from pathlib import Path

import pytest

from shared.domain import places, record
from shared.domain.change import Noun, Ref
from shared.domain.errors import DataRejected, Superseded
from shared.domain.run import RunStatus
from shared.domain.stage import Stage
from shared.domain.trial import Trial
from shared.domain.verdict import Decision
from shared.lifecycle import cancel, data, predict
from shared.ports.artifacts import load
from tests import examples
from tests.fakes.servings import MemoryServings
from tests.unit.lifecycle.workshop import MODEL, SECTIONS, Workshop, flights, january

Turned = tuple[Workshop, str]
"""A workshop, and the run that made its version."""

VERBS = ["data", "train", "score", "evaluate", "register", "deploy"]
ROW = {"time_hour": "2013-02-01T20:00:00Z", "carrier": "AA", "distance": 500}


@pytest.fixture(scope="module")
def turned(tmp_path_factory: pytest.TempPathFactory) -> Turned:
    """The wheel has turned once, on three weeks of January; the tests below only look."""
    return first_turn(Workshop(tmp_path_factory.mktemp("wheel")))


def first_turn(workshop: Workshop) -> Turned:
    """A spec, an upload and all that follows."""
    workshop.world.applied(SECTIONS)
    run = workshop.received("january.csv", january())
    assert workshop.turned(run) is Decision.ACCEPTED
    return workshop, run


def test_no_verb_that_is_run_twice_changes_anything(turned: Turned) -> None:
    workshop, _ = turned
    assert workshop.changed == []


def test_each_verb_says_what_came_of_it(turned: Turned) -> None:
    workshop, run = turned
    steps = workshop.steps(run)
    assert list(steps) == VERBS
    dataset, artifact = steps["data"].refs[0][1], steps["train"].refs[0][1]
    assert steps["data"].outcome.startswith("3,000 rows, 0 rejected")
    assert "the best of 4 trials" in steps["train"].outcome
    assert steps["evaluate"].outcome.startswith("accepted: ")
    assert steps["register"].refs == (("version", "1"),)
    assert dataset == run.replace("run_", "ds_")
    assert load(workshop.artifacts, artifact).manifest.dataset == dataset


def test_the_run_has_succeeded_and_the_wheel_is_free(turned: Turned) -> None:
    workshop, run = turned
    ended = workshop.world.run(run)
    assert (ended.status, ended.reason.code) == (RunStatus.SUCCEEDED, "promoted")
    assert (workshop.world.model().head.running, workshop.world.model().head.queued) == (None, None)


def test_the_version_knows_where_it_comes_from(turned: Turned) -> None:
    workshop, run = turned
    version = workshop.world.model(Ref(Noun.VERSION, 1)).version(1)
    steps = workshop.steps(run)
    assert (version.stage, version.run, version.spec) == (Stage.CHAMPION, run, 1)
    assert (version.dataset, version.artifact) == (steps["data"].refs[0][1], steps["train"].refs[0][1])
    dataset = workshop.world.model(Ref(Noun.DATASET, version.dataset)).dataset(version.dataset)
    assert version.learned_until == dataset.learned_until
    assert dataset.cut is not None
    assert dataset.learned_until is not None
    assert dataset.learned_until < dataset.cut
    assert 0.6 < version.score < 0.95


def test_every_row_is_counted_once(turned: Turned) -> None:
    workshop, run = turned
    dataset = workshop.world.model(Ref(Noun.DATASET, run.replace("run_", "ds_"))).dataset(run.replace("run_", "ds_"))
    without = sum(row["arr_delay"] == "" for row in csv.DictReader(io.StringIO(january().decode())))
    assert (dataset.rows, dataset.skipped) == (3000, without)
    assert dataset.train_rows + dataset.test_rows + dataset.skipped == dataset.rows
    assert dataset.test_rows == pytest.approx(0.2 * (3000 - without), abs=1)


def test_the_version_answers_by_the_artifact_that_was_judged(turned: Turned) -> None:
    workshop, _ = turned
    serving = workshop.world.model().serving
    assert serving.champion is not None
    assert serving.champion.artifact == workshop.world.model(Ref(Noun.VERSION, 1)).version(1).artifact
    world = workshop.world
    asked = predict.Request(MODEL, [ROW, {**ROW, "carrier": "UA"}])
    answered = predict.run(
        asked,
        servings=MemoryServings(world.registry),
        artifacts=workshop.artifacts,
        clock=world.clock,
        ids=world.ids,
        fresh_s=1,
    )
    late, in_time = (answer.probabilities or {} for answer in answered.predictions)
    assert answered.version == 1
    assert late["true"] > in_time["true"]


def test_the_card_tells_of_the_version(turned: Turned) -> None:
    workshop, run = turned
    card = workshop.artifacts.read(places.card(MODEL, run)).decode()
    version = workshop.world.model(Ref(Noun.VERSION, 1)).version(1)
    for word in (run, version.dataset, version.artifact, "roc_auc"):
        assert word in card


def test_a_candidate_climbs_only_where_it_was_kept(turned: Turned) -> None:
    workshop, run = turned
    rungs = [workshop.artifacts.keys(places.rung(MODEL, run, number)) for number in (1, 2, 3)]
    climbing = [{record.read(Trial, workshop.artifacts.read(key)).candidate.index for key in keys} for keys in rungs]
    assert [len(indices) for indices in climbing] == [4, 2, 1]
    assert climbing[0] >= climbing[1] >= climbing[2]


def test_the_next_upload_is_judged_beside_the_champion(tmp_path: Path) -> None:
    workshop, _ = first_turn(Workshop(tmp_path))
    run = workshop.received("february.csv", flights(datetime(2013, 1, 22, tzinfo=UTC), seed=8))
    decision = workshop.turned(run)
    assert workshop.changed == []
    assert list(workshop.steps(run))[:4] == VERBS[:4]
    dataset = workshop.world.model(Ref(Noun.DATASET, run.replace("run_", "ds_"))).dataset(run.replace("run_", "ds_"))
    assert (dataset.rows, dataset.previous) == (6000, workshop.world.model(Ref(Noun.VERSION, 1)).version(1).dataset)
    assert workshop.artifacts.keys(places.scores(MODEL, run, "champion"))
    champion = workshop.world.model().serving.champion
    assert champion is not None
    assert champion.version == (2 if decision is Decision.ACCEPTED else 1)


def test_data_that_is_refused_leaves_its_bad_cells_with_the_step(tmp_path: Path) -> None:
    workshop = Workshop(tmp_path)
    workshop.world.applied(SECTIONS)
    run = workshop.received("broken.csv", january().replace(b"AA", b"", 500))
    with pytest.raises(DataRejected) as refused:
        workshop.call(data.run, data.Request(MODEL, run, 1))
    assert refused.value.code == "too_many_rejected"
    first = workshop.steps(run)["data"].rejects[0]
    assert (first.line, first.column, first.got) == (2 + _first_of(b"AA"), "carrier", "")
    assert workshop.world.model().head.dataset == ""


def test_the_verbs_of_a_cancelled_run_write_no_decision(tmp_path: Path) -> None:
    workshop = Workshop(tmp_path)
    world = workshop.world
    world.applied(SECTIONS)
    run = workshop.received("january.csv", january())
    request = cancel.Request(MODEL, run, examples.order("cancel"))
    cancel.run(request, registry=world.registry, wheel=world.wheel, clock=world.clock)
    with pytest.raises(Superseded):
        workshop.call(data.run, data.Request(MODEL, run, 1))
    assert (workshop.steps(run), world.model().head.dataset) == ({}, "")


def _first_of(carrier: bytes) -> int:
    """The place of the carrier's first flight among the rows."""
    rows = january().splitlines()[1:]
    return next(place for place, row in enumerate(rows) if row.split(b",")[1] == carrier)
