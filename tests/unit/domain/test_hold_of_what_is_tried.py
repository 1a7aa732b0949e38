"""What a run waits with is a candidate: a version that already answers some callers needs nobody's word any more."""

from dataclasses import replace

import pytest

from shared.domain import hold
from shared.domain.change import Noun, Ref
from shared.domain.errors import RunConflict
from tests.examples import MODEL, later, order
from tests.fakes.registry import MemoryRegistry
from tests.history import having_a_champion, having_challenged, having_received, having_registered
from tests.unit.domain.test_hold import asked


def test_a_run_that_tries_a_version_asks_for_nobodys_word() -> None:
    registry = MemoryRegistry()
    having_a_champion(registry)
    having_received(registry, "february", "run_2", 14)
    having_registered(registry, "run_2", 15)
    having_challenged(registry, 2, 0.2, 16, "run_2")
    given, late = order("ask late", run="run_2"), replace(asked(), run="run_2", version=2, at=later(17))
    model = registry.model(MODEL, Ref(Noun.RUN, "run_2"), Ref(Noun.VERSION, 2))
    with pytest.raises(RunConflict, match="tries a version"):
        hold.ask(model, given, late)
