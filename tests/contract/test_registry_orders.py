"""Orders: of two decisions on one reading one holds; an order that comes twice is answered once."""

from dataclasses import replace

import pytest

from shared.domain.change import Noun, Ref
from shared.domain.errors import Conflict, KeyReused, RevisionMoved, StageConflict
from shared.domain.model import Model
from shared.domain.stage import Stage
from shared.ports.registry import Registry
from tests.examples import MODEL, applied, cause, later, order, upload
from tests.history import NEXT, RUN, decide, having_a_champion, having_applied, having_received


def test_a_command_that_comes_again_gets_its_first_answer(registry: Registry) -> None:
    first = having_applied(registry)
    read = registry.model(MODEL, Ref(Noun.COMMAND, order("apply").id))
    again = registry.commit(read.apply(order("apply"), applied(2)))
    assert again == replace(first, replayed=True)
    assert registry.model(MODEL).head.revision == 1


def test_two_who_decide_the_same_command_at_once_get_one_answer(registry: Registry) -> None:
    having_applied(registry)
    model = registry.model(MODEL)
    here = model.receive(order("january"), upload("january"), cause("january"), RUN, later(1))
    there = model.receive(order("january"), upload("january"), cause("january"), NEXT, later(2))
    first = registry.commit(here)
    assert registry.commit(there) == replace(first, replayed=True)
    assert registry.model(MODEL, Ref(Noun.RUN, NEXT)).items == {}


def test_a_decision_sent_again_after_a_lost_reply_is_the_same(registry: Registry) -> None:
    change = Model.unknown(MODEL).apply(order("apply"), applied())
    assert registry.commit(change) == registry.commit(change)
    assert registry.model(MODEL).head.revision == 1


def test_a_command_with_another_body_is_refused(registry: Registry) -> None:
    having_applied(registry)
    stale = registry.model(MODEL)
    registry.commit(stale.apply(order("key", "one"), applied(2)))
    with pytest.raises(KeyReused):
        registry.commit(stale.apply(order("key", "two"), applied(2)))


def test_of_two_decisions_on_one_reading_the_second_is_told_to_send_it_again(registry: Registry) -> None:
    having_applied(registry)
    stale = registry.model(MODEL)
    registry.commit(stale.apply(order("one"), applied(2)))
    with pytest.raises(Conflict) as refused:
        registry.commit(stale.apply(order("two"), applied(2)))
    assert (refused.value.problems[0].got, refused.value.problems[0].fix) == ("2", "send it again")
    assert registry.model(MODEL).head.revision == 2


def test_who_named_a_revision_is_told_that_it_moved(registry: Registry) -> None:
    having_applied(registry)
    stale = registry.model(MODEL)
    registry.commit(stale.apply(order("one"), applied(2)))
    with pytest.raises(RevisionMoved) as refused:
        registry.commit(stale.apply(order("two", revision=1), applied(2)))
    assert (refused.value.problems[0].got, refused.value.problems[0].expected) == ("1", "2")


def test_a_model_is_made_once(registry: Registry) -> None:
    having_applied(registry)
    with pytest.raises(Conflict):
        registry.commit(Model.unknown(MODEL).apply(order("another"), applied()))


def test_a_move_holds_only_from_the_state_that_it_names(registry: Registry) -> None:
    having_a_champion(registry)
    model = registry.model(MODEL, Ref(Noun.VERSION, 1))
    candidate = replace(model.version(1), stage=Stage.CANDIDATE)
    mistaken = replace(model, items={Ref(Noun.VERSION, 1): candidate}, serving=replace(model.serving, arms=()))
    with pytest.raises(StageConflict) as refused:
        registry.commit(mistaken.promote(order("promote again"), 1, later(9)))
    assert refused.value.problems[0].got == "champion"
    assert registry.model(MODEL, Ref(Noun.COMMAND, order("promote again").id)).commands == {}


def test_an_upload_gets_one_run_however_often_it_arrives(registry: Registry) -> None:
    having_applied(registry)
    having_received(registry, "january", RUN, 1)
    with pytest.raises(StageConflict):
        decide(
            registry,
            lambda model: model.receive(order("by another way"), upload("january"), cause("january"), NEXT, later(2)),
        )
    assert registry.model(MODEL, Ref(Noun.RUN, NEXT)).items == {}
