"""Purge: the bytes of a version that left go for good; everything that tells of it stays."""

from dataclasses import replace

import pytest

from shared.domain import places
from shared.domain.errors import NotFound, RevisionMoved, StageConflict
from shared.domain.model import Model
from shared.domain.stage import Stage
from tests.auditor import broken
from tests.examples import MODEL, applied, cause, later, order, spec, upload, version
from tests.history import THIRD, decide, having_received
from tests.unit.lifecycle.leaving import FIRST, SECOND, Leaving


@pytest.fixture
def left() -> Leaving:
    """Version 1 is retired, version 2 answers."""
    leaving = Leaving()
    leaving.asks(1, order("retire"))
    return leaving


def registered_again(left: Leaving, artifact: str) -> None:
    """Version 3 has the bytes of an older one."""
    having_received(left.registry, "march", THIRD, 12)
    made = replace(version(THIRD, later(13)), artifact=artifact)
    decide(left.registry, lambda model: model.register(order("register 3", run=THIRD), made))


def test_the_bytes_are_gone_and_everything_that_tells_of_it_stays(left: Leaving) -> None:
    before = len(left.registry.audit(MODEL).items)
    receipt = left.purges(1, order("purge"))
    assert (receipt.version, receipt.was, receipt.now) == (1, "retired", "purged")
    assert left.bytes_kept == {SECOND}
    assert left.artifacts.read(places.manifest(FIRST))
    assert left.account().version == 1
    assert len(left.registry.audit(MODEL).items) == before + 1
    assert broken(left.registry, MODEL) == []


def test_what_answers_or_drains_is_not_purged() -> None:
    leaving = Leaving()
    for number in (1, 2):
        with pytest.raises(StageConflict):
            leaving.purges(number, order("purge"))
    with pytest.raises(NotFound):
        leaving.purges(3, order("purge"))
    assert leaving.bytes_kept == {FIRST, SECOND}


def test_what_was_purged_is_neither_purged_nor_restored_again(left: Leaving) -> None:
    left.purges(1, order("purge"))
    with pytest.raises(StageConflict):
        left.purges(1, order("purge again"))
    with pytest.raises(StageConflict):
        left.restores(1, order("restore"))


def test_an_erasure_that_broke_off_is_finished_by_the_same_order(left: Leaving) -> None:
    first = left.purges(1, order("purge"))
    left.artifacts.write(places.artifact(FIRST), b"still there")
    assert left.purges(1, order("purge")).revision == first.revision
    assert left.bytes_kept == {SECOND}


def test_bytes_that_another_version_has_stay_until_that_one_is_purged_too(left: Leaving) -> None:
    registered_again(left, FIRST)
    left.purges(1, order("purge"))
    assert left.bytes_kept == {FIRST, SECOND}
    left.rejected(3, 14)
    left.purges(3, order("purge 3"))
    assert left.bytes_kept == {SECOND}


def test_bytes_that_another_models_version_has_stay(left: Leaving) -> None:
    registry = left.registry
    registry.commit(Model.unknown("taxis").apply(order("apply taxis"), applied(of=spec("taxis"))))
    at = later(1)
    given = upload("january", "taxis", at)
    registry.commit(registry.model("taxis").receive(order("taxis"), given, cause("january"), "run_t", at))
    made = replace(version("run_t", at, "taxis"), artifact=FIRST)
    registry.commit(registry.model("taxis").register(order("register taxis", run="run_t"), made))
    left.purges(1, order("purge"))
    assert left.bytes_kept == {FIRST, SECOND}


def test_who_knows_an_older_state_purges_nothing(left: Leaving) -> None:
    with pytest.raises(RevisionMoved):
        left.purges(1, order("purge", revision=1))
    assert (left.stage(1), left.bytes_kept) == (Stage.RETIRED, {FIRST, SECOND})
