"""As of an instant: whatever became of a model, the registry says what answered then, to the microsecond."""

from collections.abc import Sequence
from datetime import datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from shared.adapters.dynamodb_registry import DynamoRegistry
from shared.domain.change import Noun, Ref
from shared.domain.errors import Conflict, NotFound
from shared.domain.serving import Serving
from shared.ports.registry import Registry
from tests.engine import make_table
from tests.examples import MODEL, NOON, applied, order, spec
from tests.fakes.registry import MemoryRegistry
from tests.history import decide, having_applied, having_ended, having_received, having_registered

STEP = timedelta(microseconds=1)
VERSIONS = (1, 2, 3)
GAPS = st.sampled_from([0, 1, 2, 999_999, 1_000_000, 3_600_000_000]).map(lambda gap: gap * STEP)
DEEDS = st.sampled_from(["promote 1", "promote 2", "promote 3", "rollback", "retire 1", "retire 2", "spec"])
LIVES = st.lists(st.tuples(GAPS, DEEDS), min_size=1, max_size=12)
Life = Sequence[tuple[timedelta, str]]
ABOUT = tuple(Ref(Noun.VERSION, number) for number in VERSIONS)


def lived(registry: Registry, life: Life) -> list[Serving]:
    """Every serving record that the model ever had, as it was read right after it was written."""
    having_applied(registry)
    records = [registry.model(MODEL).serving]
    for number in VERSIONS:
        run = f"run_{number}"
        having_received(registry, run, run)
        having_registered(registry, run)
        having_ended(registry, run)
    at = NOON
    for place, (gap, deed) in enumerate(life):
        at += gap
        does(registry, deed, place, at)
        serving = registry.model(MODEL).serving
        records += [serving] if serving != records[-1] else []
    return records


def does(registry: Registry, deed: str, place: int, at: datetime) -> None:
    """Somebody does it, where it can be done."""
    verb, _, number = deed.partition(" ")
    asked, one = order(f"{place} {deed}"), int(number or 0)
    try:
        if verb == "spec":
            made = spec(data={"uploads": ("append", "replace")[place % 2]})
            decide(registry, lambda model: model.apply(asked, applied(model.head.spec + 1, made, at)))
        elif verb == "rollback":
            decide(registry, lambda model: model.rollback(asked, at))
        else:
            decide(registry, lambda model: getattr(model, verb)(asked, one, at), *ABOUT)
    except Conflict:
        return


def told(registry: Registry, records: Sequence[Serving]) -> None:
    """At each change, a microsecond before and one after it, what answered then is told."""
    for at in {record.at + shift for record in records for shift in (-STEP, timedelta(), STEP, timedelta(days=9))}:
        then = [record for record in records if record.at <= at]
        if then:
            assert registry.serving_at(MODEL, at) == then[-1]
        else:
            with pytest.raises(NotFound):
                registry.serving_at(MODEL, at)


@given(LIVES)
def test_in_memory_every_record_answers_for_its_own_time(life: Life) -> None:
    registry = MemoryRegistry()
    told(registry, lived(registry, life))


@pytest.mark.usefixtures("table")
def test_on_the_engine_every_record_answers_for_its_own_time() -> None:
    @settings(max_examples=6, deadline=None)
    @given(LIVES)
    def answers(life: Life) -> None:
        registry = DynamoRegistry(make_table())
        told(registry, lived(registry, life))

    answers()
