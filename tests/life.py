"""The life of a model: whatever people and runs do to it, in any order, the auditor finds nothing broken."""
# ruff: noqa: D102 - the name of a rule is its sentence

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from itertools import count
from typing import Any, Literal

import pytest
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from shared.domain.change import Change, Fact, Noun, Receipt, Ref
from shared.domain.errors import Conflict, RevisionMoved, Superseded
from shared.domain.model import Model
from shared.domain.order import Order
from shared.domain.reason import Reason
from shared.domain.run import RunStatus
from shared.domain.version import Version
from shared.ports.registry import Registry
from tests.auditor import broken
from tests.examples import MODEL, applied, cause, dataset, later, order, spec, step, upload, version
from tests.fakes.ids import CountingIds
from tests.fakes.registry import MemoryRegistry

ENDS = (RunStatus.REJECTED, RunStatus.FAILED, RunStatus.CANCELLED)
NUMBERS = st.integers(min_value=1, max_value=4)
Decide = Callable[[Model, Order], Change]


class Life(RuleBasedStateMachine):
    """Every rule is one thing that somebody does; what the domain refuses leaves the model as it was."""

    def __init__(self, registry: Registry | None = None) -> None:
        super().__init__()
        self.registry = registry or MemoryRegistry()
        self.ids, self.names, self.minutes = CountingIds(), count(1), count(1)
        self.contents: dict[int, Version] = {}
        self.last: tuple[Order, Decide, tuple[Ref, ...], Receipt] | None = None
        self.registry.commit(Model.unknown(MODEL).apply(order("apply"), applied()))
        self.stale = self.model()

    def model(self, *refs: Ref) -> Model:
        """What the registry says now."""
        return self.registry.model(MODEL, *refs)

    def now(self) -> datetime:
        """A minute later than the last time that somebody asked."""
        return later(next(self.minutes))

    @property
    def running(self) -> str:
        """The run that runs; "" for none."""
        return self.model().head.running.run if self.model().head.running else ""  # type: ignore[union-attr]

    def decide(self, given: Order, decide: Decide, *refs: Ref) -> None:
        """Read, decide, commit; remember what was answered."""
        before = self.model().head
        try:
            receipt = self.registry.commit(decide(self.model(*refs, Ref(Noun.COMMAND, given.id)), given))
        except Conflict:
            assert self.model().head == before
            return
        self.last = (given, decide, refs, receipt)

    def fresh(self, run: str = "") -> Order:
        """An order that nobody has given before."""
        return order(f"order {next(self.names)}", run=run)

    @rule(uploads=st.sampled_from(["append", "replace"]), pace=st.sampled_from([{}, {"train": {"at_most": "3/hour"}}]))
    def somebody_applies_a_spec(self, uploads: Literal["append", "replace"], pace: dict[str, Any]) -> None:
        made = spec(data={"uploads": uploads}, **pace)
        at = self.now()
        self.decide(self.fresh(), lambda model, given: model.apply(given, applied(model.head.spec + 1, made, at)))

    @rule()
    def a_file_arrives(self) -> None:
        name, run, at = f"file-{next(self.names)}", self.ids.new("run"), self.now()
        self.decide(self.fresh(), lambda model, given: model.receive(given, upload(name, at=at), cause(name), run, at))

    @rule()
    def somebody_trains(self) -> None:
        run, at = self.ids.new("run"), self.now()
        self.decide(self.fresh(), lambda model, given: model.begin(given, cause("nothing"), run, at))

    @precondition(lambda self: self.model().head.queued)
    @rule()
    def the_queued_run_starts(self) -> None:
        queued, at = self.model().head.queued, self.now()
        assert queued
        self.decide(
            self.fresh(), lambda model, given: model.start_queued(given, queued.run, at), Ref(Noun.RUN, queued.run)
        )

    @precondition(lambda self: self.running)
    @rule()
    def the_run_makes_a_data_version(self) -> None:
        run, at = self.running, self.now()
        self.decide(self.fresh(run), lambda model, given: model.accept(given, dataset(run, at, cut=at)))

    @precondition(lambda self: self.running)
    @rule()
    def the_run_registers_a_version(self) -> None:
        run, at = self.running, self.now()
        self.decide(self.fresh(run), lambda model, given: model.register(given, version(run, at)))

    @precondition(lambda self: self.model().head.next_version > 1)
    @rule(number=NUMBERS, by=st.sampled_from(["person", "run", "a run that is over"]))
    def a_version_is_promoted(self, number: int, by: str) -> None:
        at, chosen = self.now(), min(number, self.model().head.next_version - 1)
        run = {"person": "", "run": self.running, "a run that is over": "run_0"}[by]
        self.decide(self.fresh(run), lambda model, given: model.promote(given, chosen, at), Ref(Noun.VERSION, chosen))

    @precondition(lambda self: self.running or self.model().head.queued)
    @rule(status=st.sampled_from(ENDS), which=st.sampled_from(["running", "queued"]))
    def an_open_run_ends(self, status: RunStatus, which: str) -> None:
        place, at = getattr(self.model().head, which), self.now()
        run = place.run if place else "run_0"
        self.decide(self.fresh(), lambda model, given: model.end(given, run, status, Reason("timed_out"), at))

    @rule()
    def somebody_reads_and_goes_for_a_coffee(self) -> None:
        versions = range(1, self.model().head.next_version)
        self.stale = self.model(*(Ref(Noun.VERSION, number) for number in versions))

    @rule(knows=st.sampled_from(["revision", "nothing"]))
    def somebody_decides_after_the_coffee(self, knows: str) -> None:
        head, at = self.model().head, self.now()
        given = replace(self.fresh(), revision=self.stale.head.revision if knows == "revision" else None)
        change = self.stale.apply(given, applied(self.stale.head.spec + 1, at=at))
        if self.stale.head.revision < head.revision:
            with pytest.raises(RevisionMoved if knows == "revision" else Conflict):
                self.registry.commit(change)
        else:
            self.registry.commit(change)

    @precondition(lambda self: self.last)
    @rule()
    def the_last_command_is_sent_again(self) -> None:
        assert self.last
        given, decide, refs, first = self.last
        again = self.registry.commit(decide(self.model(*refs, Ref(Noun.COMMAND, given.id)), given))
        assert again == replace(first, replayed=True)

    @rule(run=st.sampled_from(["running", "over"]), name=st.sampled_from(["data", "train"]))
    def a_step_is_recorded(self, run: str, name: str) -> None:
        fence, head, at = self.running if run == "running" else "run_0", self.model().head, self.now()
        try:
            self.registry.commit(Fact(step(fence, name, at), fence))
        except Superseded:
            assert fence in ("", "run_0") or not self.running
        assert self.model().head == head

    @invariant()
    def the_auditor_finds_nothing(self) -> None:
        assert broken(self.registry, MODEL) == []

    @invariant()
    def what_a_version_is_never_changes(self) -> None:
        numbers = range(1, self.model().head.next_version)
        for number in numbers:
            seen = self.model(Ref(Noun.VERSION, number)).version(number)
            first = self.contents.setdefault(number, seen)
            assert replace(seen, stage=first.stage, since=first.since, reason=first.reason) == first
