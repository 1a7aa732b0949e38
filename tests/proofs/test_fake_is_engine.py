"""Fake ≡ engine: the registry that tests use answers as the real one; a few sequences of `make fake-is-engine`."""

import pytest

from shared.domain.model import Model
from tests.examples import MODEL, applied, order
from tests.fakes.registry import MemoryRegistry
from tests.proofs import fake_is_engine
from tests.proofs.twin import Twin


def test_the_fake_answers_any_sequence_of_commands_as_the_engine_does(engine_of_its_own: None) -> None:
    assert fake_is_engine.prove(seed=1, sequences=12) > 100


def test_twins_that_answer_differently_are_told_apart() -> None:
    fake, other = MemoryRegistry(), MemoryRegistry()
    other.commit(Model.unknown(MODEL).apply(order("apply"), applied()))
    with pytest.raises(AssertionError):
        Twin(fake, other, MODEL).commit(Model.unknown(MODEL).apply(order("another"), applied()))
