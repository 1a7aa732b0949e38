"""The same lives on the real engine, and many hands at once on one model."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

from hypothesis import settings
from hypothesis.stateful import run_state_machine_as_test

from shared.adapters.dynamodb_registry import DynamoRegistry
from shared.domain.change import Noun, Ref
from shared.domain.errors import Conflict
from shared.ports.registry import Registry
from tests.auditor import books, broken
from tests.engine import make_table
from tests.examples import MODEL, applied, later, order
from tests.history import NEXT, having_a_champion, having_received, having_registered
from tests.life import Life


def test_the_lives_of_models_on_the_engine(table: str) -> None:
    def on_the_engine() -> Life:
        return Life(DynamoRegistry(make_table()))

    factory: Any = on_the_engine  # the function takes a class; what makes one will do
    run_state_machine_as_test(factory, settings=settings(max_examples=8, stateful_step_count=25))


HANDS = 6


def at_once(*deeds: Callable[[], object]) -> list[object]:
    """What came of each deed; all begin at the same moment, and what is refused is what came of it."""
    ready = Barrier(len(deeds))

    def done(deed: Callable[[], object]) -> object:
        ready.wait()
        try:
            return deed()
        except Conflict as refused:
            return refused

    with ThreadPoolExecutor(len(deeds)) as hands:
        return list(hands.map(done, deeds))


def test_of_many_who_decide_on_one_reading_one_is_right_and_the_others_are_told(registry: Registry) -> None:
    having_a_champion(registry)
    model = registry.model(MODEL)
    changes = [model.apply(order(f"spec {hand}"), applied(2, at=later(10 + hand))) for hand in range(HANDS)]
    came = at_once(*(lambda change=change: registry.commit(change) for change in changes))
    assert sum(isinstance(one, Conflict) for one in came) == HANDS - 1
    assert registry.model(MODEL).head.revision == model.head.revision + 1
    assert broken(registry, MODEL) == []


def test_of_many_who_send_one_command_all_get_one_answer(registry: Registry) -> None:
    having_a_champion(registry)
    having_received(registry, "february", NEXT, 4)
    number = having_registered(registry, NEXT, 5)
    model = registry.model(MODEL, Ref(Noun.VERSION, number))
    changes = [model.promote(order("promote"), number, later(10 + hand)) for hand in range(HANDS)]
    came = at_once(*(lambda change=change: registry.commit(change) for change in changes))
    assert {getattr(receipt, "at", receipt) for receipt in came} == {registry.model(MODEL).head.at}
    assert [getattr(receipt, "replayed", receipt) for receipt in came].count(False) == 1
    assert broken(registry, MODEL) == []


def test_many_who_try_again_until_it_holds_lose_nothing(registry: Registry) -> None:
    having_a_champion(registry)

    def insist(hand: int) -> int:
        for attempt in range(1, 100):
            try:
                model = registry.model(MODEL)
                registry.commit(
                    model.apply(order(f"spec of {hand}"), applied(model.head.spec + 1, at=later(10 + hand)))
                )
            except Conflict:
                continue
            return attempt
        raise AssertionError("it never held")

    at_once(*(lambda hand=hand: insist(hand) for hand in range(HANDS)))
    assert registry.model(MODEL).head.spec == 1 + HANDS
    assert len(books(registry, MODEL).chain) == registry.model(MODEL).head.revision
    assert broken(registry, MODEL) == []
