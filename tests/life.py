"""The life of a model: whatever people and runs do to it, in any order, the auditor finds nothing broken."""
# ruff: noqa: D102 - the name of a rule is its sentence

from collections.abc import Callable
from dataclasses import replace
from typing import Any, Literal

import pytest
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from shared.domain.change import Change, Noun, Ref
from shared.domain.errors import Conflict, RevisionMoved
from shared.domain.model import Model
from shared.domain.order import Order
from shared.domain.reason import Reason
from shared.domain.run import RunStatus
from shared.domain.serving import Arm, Role
from shared.ports.registry import Registry
from tests import approvals, tries
from tests.auditor import broken
from tests.examples import MODEL, applied, cause, dataset, order, spec, upload, version
from tests.fakes.registry import MemoryRegistry
from tests.witness import Witness

ENDS = (RunStatus.REJECTED, RunStatus.FAILED, RunStatus.CANCELLED)
NUMBERS = st.integers(min_value=1, max_value=4)


class Life(RuleBasedStateMachine):
    """Every rule is one thing that somebody does; what the domain refuses leaves the model as it was."""

    def __init__(self, registry: Registry | None = None) -> None:
        super().__init__()
        self.witness = Witness(registry or MemoryRegistry())
        self.witness.registry.commit(Model.unknown(MODEL).apply(order("apply"), applied()))
        self.stale = self.model()

    def model(self, *refs: Ref) -> Model:
        """What the registry says now."""
        return self.witness.model(*refs)

    @property
    def running(self) -> str:
        """The run that runs; "" for none."""
        return self.witness.running

    @initialize(versions=st.integers(min_value=0, max_value=3))
    def versions_have_served_before(self, versions: int) -> None:
        for number in range(1, versions + 1):
            self.a_file_arrives()
            self.the_run_registers_a_version()
            self.a_version_is_promoted(number, "run")

    @rule(uploads=st.sampled_from(["append", "replace"]), pace=st.sampled_from([{}, {"train": {"at_most": "3/hour"}}]))
    def somebody_applies_a_spec(self, uploads: Literal["append", "replace"], pace: dict[str, Any]) -> None:
        made = spec(data={"uploads": uploads}, **pace)
        at = self.witness.now()
        self.witness.ask(lambda model, given: model.apply(given, applied(model.head.spec + 1, made, at)))

    @rule()
    def a_file_arrives(self) -> None:
        name, run, at = f"file-{next(self.witness.names)}", self.witness.ids.new("run"), self.witness.now()
        self.witness.ask(lambda model, given: model.receive(given, upload(name, at=at), cause(name), run, at))

    @rule()
    def somebody_trains(self) -> None:
        run, at = self.witness.ids.new("run"), self.witness.now()
        self.witness.ask(lambda model, given: model.begin(given, cause("nothing"), run, at))

    @precondition(lambda self: self.model().head.queued)
    @rule()
    def the_queued_run_starts(self) -> None:
        queued, at = self.model().head.queued, self.witness.now()
        assert queued
        self.witness.ask(lambda model, given: model.start_queued(given, queued.run, at), Ref(Noun.RUN, queued.run))

    @precondition(lambda self: self.running)
    @rule()
    def the_run_makes_a_data_version(self) -> None:
        run, at = self.running, self.witness.now()
        self.witness.ask(lambda model, given: model.accept(given, dataset(run, at, cut=at)), run=run)

    @precondition(lambda self: self.running)
    @rule()
    def the_run_registers_a_version(self) -> None:
        run, at = self.running, self.witness.now()
        self.witness.ask(lambda model, given: model.register(given, version(run, at)), run=run)

    @precondition(lambda self: self.running and self.model().head.next_version > 1)
    @rule(turn=st.sampled_from(approvals.TURNS))
    def the_run_waits_for_approval(self, turn: Callable[[Witness], None]) -> None:
        turn(self.witness)

    @precondition(lambda self: self.model().head.next_version > 1)
    @rule(number=NUMBERS, by=st.sampled_from(["person", "run", "a run that is over"]))
    def a_version_is_promoted(self, number: int, by: str) -> None:
        at, run = self.witness.now(), {"person": "", "run": self.running, "a run that is over": "run_0"}[by]
        self.witness.ask_about(number, lambda model, given, one: model.promote(given, one, at), run=run)

    @precondition(lambda self: self.model().serving.champion and self.running)
    @rule(number=NUMBERS, share=st.sampled_from([0.0, 0.2, 0.5]), by=st.sampled_from(["run", "a run that is over"]))
    def a_version_is_tried(self, number: int, share: float, by: str) -> None:
        at, run = self.witness.now(), self.running if by == "run" else "run_0"

        def tries(model: Model, given: Order, one: int) -> Change:
            return model.challenge(given, Arm(one, Role.CHALLENGER, share, "ab12"), at)

        self.witness.ask_about(number, tries, run=run)

    @precondition(lambda self: self.model().serving.challengers)
    @rule(by=st.sampled_from(["run", "a run that is over"]))
    def what_is_tried_is_taken_back(self, by: str) -> None:
        at, run = self.witness.now(), self.running if by == "run" else "run_0"
        harm = Reason("rolled_back", "it failed rows")
        self.witness.ask(lambda model, given: model.take_back(given, harm, at), run=run)

    @rule()
    def somebody_rolls_back(self) -> None:
        at = self.witness.now()
        self.witness.ask(lambda model, given: model.rollback(given, at))

    @rule()
    def somebody_drills(self) -> None:
        run, at = self.witness.ids.new("run"), self.witness.now()
        self.witness.ask(lambda model, given: model.drill(given, cause("nothing"), run, at))

    @precondition(lambda self: self.model().head.next_version > 1)
    @rule(number=NUMBERS, verb=st.sampled_from(["retire", "purge"]))
    def a_version_goes(self, number: int, verb: str) -> None:
        at = self.witness.now()
        self.witness.ask_about(number, lambda model, given, one: getattr(model, verb)(given, one, at))

    @precondition(lambda self: any(arm.sunset for arm in self.model().serving.arms))
    @rule(of=st.integers(min_value=0, max_value=2))
    def the_time_to_drain_is_over(self, of: int) -> None:
        drains = [arm.version for arm in self.model().serving.arms if arm.sunset]
        self.a_version_goes(drains[of % len(drains)], "retire")

    @precondition(lambda self: self.model().head.next_version > 1)
    @rule(number=NUMBERS)
    def somebody_restores(self, number: int) -> None:
        run, at = self.witness.ids.new("run"), self.witness.now()
        self.witness.ask_about(number, lambda model, given, one: model.restore(given, one, cause("nothing"), run, at))

    @precondition(lambda self: self.running and self.model().head.next_version > 1)
    @rule(number=NUMBERS)
    def the_restored_version_passes_the_gates(self, number: int) -> None:
        at = self.witness.now()
        self.witness.ask_about(number, lambda model, given, one: model.readmit(given, one, at), run=self.running)

    @precondition(lambda self: self.running or self.model().head.queued)
    @rule(status=st.sampled_from(ENDS), which=st.sampled_from(["running", "queued"]))
    def an_open_run_ends(self, status: RunStatus, which: str) -> None:
        place, at = getattr(self.model().head, which), self.witness.now()
        run = place.run if place else "run_0"
        self.witness.ask(lambda model, given: model.end(given, run, status, Reason("timed_out"), at))

    @rule()
    def somebody_reads_and_goes_for_a_coffee(self) -> None:
        versions = range(1, self.model().head.next_version)
        self.stale = self.model(*(Ref(Noun.VERSION, number) for number in versions))

    @rule(knows=st.sampled_from(["revision", "nothing"]))
    def somebody_decides_after_the_coffee(self, knows: str) -> None:
        head, at = self.model().head, self.witness.now()
        given = replace(self.witness.fresh(), revision=self.stale.head.revision if knows == "revision" else None)
        change = self.stale.apply(given, applied(self.stale.head.spec + 1, at=at))
        if self.stale.head.revision < head.revision:
            with pytest.raises(RevisionMoved if knows == "revision" else Conflict):
                self.witness.registry.commit(change)
        else:
            self.witness.registry.commit(change)

    @precondition(lambda self: self.witness.last)
    @rule()
    def the_last_command_is_sent_again(self) -> None:
        assert self.witness.last
        given, decide, refs, first = self.witness.last
        again = self.witness.registry.commit(decide(self.model(*refs, Ref(Noun.COMMAND, given.id)), given))
        assert again == replace(first, replayed=True)

    @rule(turn=st.sampled_from(tries.TURNS))
    def a_step_is_tried(self, turn: Callable[[Witness], None]) -> None:
        turn(self.witness)

    @invariant()
    def the_auditor_finds_nothing(self) -> None:
        assert broken(self.witness.registry, MODEL) == []

    @invariant()
    def what_a_version_is_never_changes(self) -> None:
        self.witness.hold_contents()
