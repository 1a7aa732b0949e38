"""Promote: the wheel's last word, by a run or by a person."""

from datetime import timedelta

import pytest

from shared.domain.change import Noun, Receipt, Ref
from shared.domain.errors import KeyReused, NotFound, RevisionMoved, StageConflict
from shared.domain.order import Order
from shared.domain.run import RunStatus
from shared.domain.stage import Stage
from shared.lifecycle import promote
from tests.examples import MODEL, later, order
from tests.fakes.clock import SetClock
from tests.fakes.drains import MemoryDrains
from tests.fakes.registry import MemoryRegistry
from tests.history import (
    NEXT,
    RUN,
    having_a_champion,
    having_challenged,
    having_ended,
    having_received,
    having_registered,
)

HOUR = timedelta(hours=1)


@pytest.fixture
def registry() -> MemoryRegistry:
    """Version 1 serves; version 2 is a candidate of the run that goes on."""
    registry = MemoryRegistry()
    having_a_champion(registry)
    having_received(registry, "february", NEXT, 4)
    having_registered(registry, NEXT, 5)
    return registry


def promoted(
    registry: MemoryRegistry,
    version: int,
    given: Order,
    clock: SetClock | None = None,
    drains: MemoryDrains | None = None,
) -> Receipt:
    request = promote.Request(MODEL, version, given)
    return promote.run(request, registry=registry, drains=drains or MemoryDrains(), clock=clock or SetClock())


def stages(registry: MemoryRegistry) -> list[Stage]:
    model = registry.model(MODEL, Ref(Noun.VERSION, 1), Ref(Noun.VERSION, 2))
    return [model.version(1).stage, model.version(2).stage]


def test_the_new_champion_serves_and_the_old_one_drains(registry: MemoryRegistry) -> None:
    receipt = promoted(registry, 2, order("promote"))
    assert (receipt.version, receipt.was, receipt.now) == (2, "candidate", "champion")
    assert stages(registry) == [Stage.DRAINING, Stage.CHAMPION]
    model = registry.model(MODEL)
    assert model.serving.champion
    assert model.serving.champion.version == model.head.champion == 2


def test_a_person_overtakes_the_open_run(registry: MemoryRegistry) -> None:
    promoted(registry, 2, order("promote"))
    run = registry.model(MODEL, Ref(Noun.RUN, NEXT)).run(NEXT)
    assert (run.status, run.reason.code) == (RunStatus.CANCELLED, "overtaken")


def test_a_run_that_promotes_its_version_has_succeeded(registry: MemoryRegistry) -> None:
    promoted(registry, 2, order("promote", run=NEXT))
    run = registry.model(MODEL, Ref(Noun.RUN, NEXT)).run(NEXT)
    assert (run.status, run.reason.code) == (RunStatus.SUCCEEDED, "promoted")


def test_the_same_order_twice_promotes_once_and_answers_alike(registry: MemoryRegistry) -> None:
    clock = SetClock()
    first = promoted(registry, 2, order("promote"), clock)
    clock.pass_time(HOUR)
    again = promoted(registry, 2, order("promote"), clock)
    assert (again.at, again.revision, again.replayed) == (first.at, first.revision, True)
    assert registry.model(MODEL).head.revision == first.revision


def test_one_key_goes_with_one_body(registry: MemoryRegistry) -> None:
    promoted(registry, 2, order("promote", "2"))
    with pytest.raises(KeyReused):
        promoted(registry, 1, order("promote", "1"))


def test_a_champion_is_not_promoted_again(registry: MemoryRegistry) -> None:
    with pytest.raises(StageConflict):
        promoted(registry, 1, order("promote"))
    assert stages(registry) == [Stage.CHAMPION, Stage.CANDIDATE]


def test_what_is_not_there_is_not_promoted(registry: MemoryRegistry) -> None:
    with pytest.raises(NotFound):
        promoted(registry, 3, order("promote"))
    with pytest.raises(NotFound):
        promote.run(
            promote.Request("taxis", 1, order("promote")), registry=registry, drains=MemoryDrains(), clock=SetClock()
        )


def test_who_knows_an_older_state_is_told_that_it_moved(registry: MemoryRegistry) -> None:
    with pytest.raises(RevisionMoved):
        promoted(registry, 2, order("promote", revision=4))
    assert stages(registry) == [Stage.CHAMPION, Stage.CANDIDATE]


def test_the_first_run_is_not_touched_by_what_comes_later(registry: MemoryRegistry) -> None:
    promoted(registry, 2, order("promote"))
    assert registry.model(MODEL, Ref(Noun.RUN, RUN)).run(RUN).status is RunStatus.SUCCEEDED


def test_the_replaced_version_is_waited_for_until_its_sunset_however_often_it_is_promoted(
    registry: MemoryRegistry,
) -> None:
    drains, clock = MemoryDrains(), SetClock(later(9))
    for _ in range(2):
        promoted(registry, 2, order("promote"), clock, drains)
        clock.pass_time(HOUR)
    assert drains.started == [(MODEL, 1, later(9), later(9) + timedelta(days=7))]


def test_a_challenger_whose_run_ends_is_tried_no_longer(registry: MemoryRegistry) -> None:
    having_challenged(registry, 2, 0.2, 6, NEXT)
    having_ended(registry, NEXT, 7)
    assert stages(registry) == [Stage.CHAMPION, Stage.REJECTED]


def test_a_person_promotes_the_challenger_before_its_time(registry: MemoryRegistry) -> None:
    having_challenged(registry, 2, 0.2, 6, NEXT)
    promoted(registry, 2, order("promote"))
    assert stages(registry) == [Stage.DRAINING, Stage.CHAMPION]
    run = registry.model(MODEL, Ref(Noun.RUN, NEXT)).run(NEXT)
    assert (run.status, run.reason.code) == (RunStatus.CANCELLED, "overtaken")
    assert [(arm.name, arm.share) for arm in registry.model(MODEL).serving.arms] == [("2c", 1.0), ("1p", 0.0)]
