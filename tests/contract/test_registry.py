"""Registry: a reading is of one instant, and a decision is read back as it was decided."""

from dataclasses import replace
from datetime import timedelta

import pytest

from shared.domain.change import Noun, Ref
from shared.domain.errors import NotFound, TooLarge
from shared.domain.reason import Reason
from shared.domain.run import RunStatus
from shared.domain.stage import Stage
from shared.ports.registry import MOST_REFS, Registry, items
from tests.contract.conftest import Store
from tests.examples import MODEL, NOON, applied, later, order, upload, version
from tests.history import (
    NEXT,
    RUN,
    THIRD,
    decide,
    having_a_champion,
    having_applied,
    having_ended,
    having_promoted,
    having_received,
    having_registered,
)


def test_a_model_is_unknown_before_its_first_spec(store: Store) -> None:
    with pytest.raises(NotFound):
        store.registry.model(MODEL)
    with pytest.raises(NotFound):
        store.servings.serving(MODEL)


def test_the_first_spec_makes_a_model_that_serves_nothing_yet(store: Store) -> None:
    having_applied(store.registry)
    model = store.registry.model(MODEL, Ref(Noun.SPEC, 1))
    assert model.spec(1) == applied()
    assert (model.head.revision, model.head.spec) == (1, 1)
    assert store.servings.serving(MODEL) == model.serving
    assert model.serving.arms == ()


def test_what_is_not_there_is_not_in_the_reading(registry: Registry) -> None:
    having_applied(registry)
    model = registry.model(MODEL, Ref(Noun.VERSION, 1), Ref(Noun.RUN, RUN), Ref(Noun.COMMAND, "cmd_1"))
    assert (dict(model.items), dict(model.commands)) == ({}, {})


def test_the_same_item_may_be_asked_for_twice(registry: Registry) -> None:
    having_applied(registry)
    assert len(registry.model(MODEL, Ref(Noun.SPEC, 1), Ref(Noun.SPEC, 1)).items) == 1


def test_a_reading_takes_98_items_and_no_more(registry: Registry) -> None:
    having_applied(registry)
    assert registry.model(MODEL, *(Ref(Noun.UPLOAD, f"up_{number}") for number in range(98))).items == {}
    with pytest.raises(TooLarge):
        registry.model(MODEL, *(Ref(Noun.UPLOAD, f"up_{number}") for number in range(99)))


def test_more_items_than_a_reading_takes_are_read_in_several(registry: Registry) -> None:
    having_applied(registry)
    having_received(registry, "january", RUN, 1)
    having_received(registry, "february", NEXT, 2)
    first, last = (Ref(Noun.UPLOAD, upload(name).id) for name in ("january", "february"))
    absent = [Ref(Noun.UPLOAD, f"up_{number}") for number in range(2 * MOST_REFS)]
    assert list(items(registry, MODEL, [first, *absent, last])) == [first, last]
    assert items(registry, MODEL, []) == {}


def test_a_decision_is_read_back_as_it_was_decided(registry: Registry) -> None:
    having_applied(registry)
    receipt = having_received(registry, "january", RUN, 1)
    january = upload("january", at=later(1))
    model = registry.model(MODEL, Ref(Noun.RUN, RUN), Ref(Noun.UPLOAD, january.id))
    assert (receipt.revision, receipt.run, receipt.was, receipt.now) == (2, RUN, None, "running")
    assert model.run(RUN).status is RunStatus.RUNNING
    assert model.run(RUN).uploads == (january.id,)
    assert model.upload(january.id) == replace(january, run=RUN)


def test_a_version_moves_and_its_content_stays(registry: Registry) -> None:
    having_a_champion(registry)
    champion = registry.model(MODEL, Ref(Noun.VERSION, 1)).version(1)
    assert champion == replace(version(RUN, later(2)), number=1, stage=Stage.CHAMPION, since=later(3))


def test_a_run_ends_with_its_reason_and_its_instant(registry: Registry) -> None:
    having_applied(registry)
    having_received(registry, "january", RUN, 1)
    having_ended(registry, RUN, 7)
    run = registry.model(MODEL, Ref(Noun.RUN, RUN)).run(RUN)
    assert (run.status, run.since) == (RunStatus.REJECTED, later(7))
    assert run.reason == Reason("gate_failed", "roc_auc is too low")


def test_the_serving_record_is_replaced_whole(store: Store) -> None:
    having_a_champion(store.registry)
    before = store.servings.serving(MODEL)
    having_received(store.registry, "february", NEXT, 4)
    having_promoted(store.registry, having_registered(store.registry, NEXT, 5), 6, run=NEXT)
    after = store.servings.serving(MODEL)
    assert [(arm.version, arm.role.name) for arm in before.arms] == [(1, "CHAMPION")]
    assert [(arm.version, arm.role.name) for arm in after.arms] == [(2, "CHAMPION"), (1, "PINNED")]
    assert after == store.registry.model(MODEL).serving


def test_who_served_at_an_instant_is_remembered(registry: Registry) -> None:
    having_a_champion(registry)
    assert registry.serving_at(MODEL, later(2)).champion is None
    assert [arm.version for arm in registry.serving_at(MODEL, later(3)).arms] == [1]
    assert registry.serving_at(MODEL, later(1000)) == registry.model(MODEL).serving
    with pytest.raises(NotFound):
        registry.serving_at(MODEL, NOON - timedelta(microseconds=1))
    with pytest.raises(NotFound):
        registry.serving_at("taxis", later(1000))


def test_a_later_upload_joins_the_queued_run(registry: Registry) -> None:
    having_applied(registry)
    having_received(registry, "january", RUN, 1)
    having_received(registry, "february", NEXT, 2)
    receipt = having_received(registry, "march", THIRD, 3)
    march = upload("march").id
    model = registry.model(MODEL, Ref(Noun.UPLOAD, march), Ref(Noun.RUN, NEXT))
    assert (receipt.run, model.upload(march).run) == (NEXT, NEXT)
    assert model.run(NEXT).since == later(2)
    assert model.head.queued
    assert model.head.queued.uploads == (upload("february").id, march)


def test_the_queued_run_starts_with_all_its_uploads(registry: Registry) -> None:
    having_applied(registry)
    having_received(registry, "january", RUN, 1)
    having_received(registry, "february", NEXT, 2)
    having_received(registry, "march", THIRD, 3)
    having_ended(registry, RUN, 4)
    decide(registry, lambda model: model.start_queued(order("start"), NEXT, later(5)), Ref(Noun.RUN, NEXT))
    run = registry.model(MODEL, Ref(Noun.RUN, NEXT)).run(NEXT)
    assert (run.status, run.since) == (RunStatus.RUNNING, later(5))
    assert run.uploads == (upload("february").id, upload("march").id)
