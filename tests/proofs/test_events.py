"""Events: a short day of `make events`, on the engine, and many in memory; and what the proof would notice.

The slow one goes through an embedded cloud.
"""

import pytest

from shared.adapters.dynamodb_registry import DynamoRegistry
from tests.engine import make_table
from tests.fakes.registry import MemoryRegistry
from tests.proofs import days, delivered, post


def test_every_upload_of_a_day_is_in_exactly_one_run(engine_of_its_own: None) -> None:
    day = days.prove(DynamoRegistry(make_table()), seed=1, uploads=25)
    assert (day.wrong, day.deliveries > day.uploads, day.runs > len(days.SPECS)) == ((), True, True)


@pytest.mark.parametrize("seed", range(2, 12))
def test_whatever_order_the_events_come_in(seed: int) -> None:
    assert days.prove(MemoryRegistry(), seed, uploads=60).wrong == ()


def test_uploads_whose_events_are_all_lost_are_found(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(post, "LOST", 0.5)
    day = days.prove(MemoryRegistry(), seed=1, uploads=40)
    assert (day.wrong, day.lost > 10) == ((), True)


def test_an_upload_that_nobody_finds_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(post, "LOST", 0.5)
    monkeypatch.setattr(days, "LONGEST", 3 * post.HOUR)
    monkeypatch.setattr(post.Day, "sweep", lambda _: None)
    assert any("is in no run" in said for said in days.prove(MemoryRegistry(), seed=1, uploads=40).wrong)


def test_the_same_seed_is_the_same_day() -> None:
    assert days.prove(MemoryRegistry(), 7, 30) == days.prove(MemoryRegistry(), 7, 30)


@pytest.mark.slow
def test_every_upload_is_in_one_run_that_ends_where_events_come_through_the_clouds_own_queue() -> None:
    told = delivered.prove(seed=2, uploads=12, lost=1)
    assert (told.wrong, told.deliveries >= 11, sum(told.ends.values()) >= len(delivered.MODELS)) == ((), True, True)
