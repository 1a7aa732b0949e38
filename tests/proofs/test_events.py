"""Events: a short day of `make events`, on the engine, and many in memory; and what the proof would notice."""

import pytest

from shared.adapters.dynamodb_registry import DynamoRegistry
from tests.engine import make_table
from tests.fakes.registry import MemoryRegistry
from tests.proofs import events, post


def test_every_upload_of_a_day_is_in_exactly_one_run(engine_of_its_own: None) -> None:
    day = events.prove(DynamoRegistry(make_table()), seed=1, uploads=25)
    assert (day.wrong, day.deliveries > day.uploads, day.runs > len(events.SPECS)) == ((), True, True)


@pytest.mark.parametrize("seed", range(2, 12))
def test_whatever_order_the_events_come_in(seed: int) -> None:
    assert events.prove(MemoryRegistry(), seed, uploads=60).wrong == ()


def test_uploads_whose_events_are_all_lost_are_found(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(post, "LOST", 0.5)
    day = events.prove(MemoryRegistry(), seed=1, uploads=40)
    assert (day.wrong, day.lost > 10) == ((), True)


def test_an_upload_that_nobody_finds_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(post, "LOST", 0.5)
    monkeypatch.setattr(events, "LONGEST", 3 * post.HOUR)
    monkeypatch.setattr(post.Day, "sweep", lambda _: None)
    assert any("is in no run" in said for said in events.prove(MemoryRegistry(), seed=1, uploads=40).wrong)


def test_the_same_seed_is_the_same_day() -> None:
    assert events.prove(MemoryRegistry(), 7, 30) == events.prove(MemoryRegistry(), 7, 30)
