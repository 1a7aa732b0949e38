"""A version that is made once more by the verbs that made it: it comes out as it was, or the run says what differs."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from shared.domain import places, record
from shared.domain.artifact import Manifest
from shared.domain.change import Noun, Ref
from shared.domain.errors import Superseded
from shared.domain.run import RunStatus
from shared.domain.verdict import Decision
from shared.domain.version import Version
from shared.lifecycle import cancel, compare, reproduce, train
from tests.examples import order
from tests.unit.lifecycle.workshop import MODEL, SECTIONS, Workshop, january

LATER: dict[str, Any] = {**SECTIONS, "metric": "log_loss", "evaluate": {}}
"""A spec of later, which the version was not made by."""


@pytest.fixture
def workshop(tmp_path: Path) -> Workshop:
    """Version 1 was made from January, and the spec is another one since."""
    workshop = Workshop(tmp_path)
    workshop.world.applied(SECTIONS)
    assert workshop.turned(workshop.received("january.csv", january())) is Decision.ACCEPTED
    workshop.world.applied(LATER)
    return workshop


def version(workshop: Workshop) -> Version:
    return workshop.world.model(Ref(Noun.VERSION, 1)).version(1)


def begun(workshop: Workshop) -> str:
    """Ada asks for it; the run."""
    request = reproduce.Request(MODEL, 1, order("reproduce"))
    return reproduce.run(request, **workshop.world.starting()).run or ""


def made(workshop: Workshop, run: str) -> compare.Request:
    """The run as far as the machine takes it before compare."""
    turn = workshop.world.run(run)
    artifact = workshop.learned(train.Request(MODEL, run, turn.spec, turn.dataset, 1)).artifact
    return compare.Request(MODEL, run, turn.version, artifact)


def having_kept_other_answers(workshop: Workshop, by: float) -> None:
    """What is kept of the version's golden rows lies so far from what it answers."""
    key = places.manifest(version(workshop).artifact)
    kept = record.read(Manifest, workshop.artifacts.read(key))
    golden = tuple(replace(each, output=(each.output[0] + by,)) for each in kept.golden)
    workshop.artifacts.put(key, record.written(replace(kept, golden=golden)))


def test_a_version_that_is_made_once_more_is_the_same_to_the_byte(workshop: Workshop) -> None:
    before, next_version = version(workshop), workshop.world.model().head.next_version
    run = begun(workshop)
    asked = made(workshop, run)
    result = workshop.twice(compare.run, asked)
    assert asked.artifact == before.artifact
    assert (result.outcome, "the same to the byte" in result.detail) == ("reproduced", True)
    ended = workshop.world.run(run)
    assert (ended.status, ended.reason.code, ended.reason.detail) == (RunStatus.SUCCEEDED, "reproduced", result.detail)
    assert workshop.steps(run)["compare"].outcome == f"reproduced: {result.detail}"
    assert (version(workshop), workshop.world.model().head.next_version) == (before, next_version)
    assert workshop.changed == []


def test_answers_that_moved_are_not_reproduced_and_the_run_says_by_how_much(workshop: Workshop) -> None:
    having_kept_other_answers(workshop, by=0.01)
    run = begun(workshop)
    result = workshop.twice(compare.run, made(workshop, run))
    assert (result.outcome, "within 1.0e-02" in result.detail) == ("not_reproduced", True)
    ended = workshop.world.run(run)
    assert (ended.status, ended.reason.code) == (RunStatus.REJECTED, "not_reproduced")
    assert workshop.world.model().head.running is None


def test_what_the_run_made_itself_is_kept_beside_what_was_made_first(workshop: Workshop) -> None:
    run = begun(workshop)
    asked = made(workshop, run)
    own = record.read(Manifest, workshop.artifacts.read(places.fit(MODEL, run, "manifest.json")))
    first = record.read(Manifest, workshop.artifacts.read(places.manifest(asked.artifact)))
    assert (own.run, first.run) == (run, version(workshop).run)
    assert own.made_with["scikit-learn"]
    assert replace(own, run=first.run) == first


def test_the_end_is_one_link_of_the_audit_chain(workshop: Workshop) -> None:
    run = begun(workshop)
    result = workshop.call(compare.run, made(workshop, run))
    newest = workshop.world.registry.audit(MODEL).items[0]
    assert (newest.receipt.action, newest.receipt.by, newest.receipt.reason) == (
        "end",
        "treadle:compare",
        result.detail,
    )
    assert [(move.noun, move.id, move.now) for move in newest.moves] == [(Noun.RUN, run, "succeeded")]


def test_a_run_that_a_person_has_cancelled_says_nothing_more(workshop: Workshop) -> None:
    run = begun(workshop)
    asked = made(workshop, run)
    world = workshop.world
    request = cancel.Request(MODEL, run, order("cancel"))
    cancel.run(request, registry=world.registry, wheel=world.wheel, clock=world.clock)
    with pytest.raises(Superseded):
        workshop.call(compare.run, asked)
    assert world.run(run).status is RunStatus.CANCELLED
