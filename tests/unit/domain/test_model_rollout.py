"""Model: what is tried, taken back, retired, restored and drilled; a person's word always wins."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from shared.domain.change import Change, Decision, Noun, Ref
from shared.domain.errors import RunConflict, StageConflict, Superseded
from shared.domain.head import Open
from shared.domain.model import Model
from shared.domain.reason import Reason
from shared.domain.run import BeginAt, Run, RunStatus
from shared.domain.serving import Arm, Role
from shared.domain.stage import Stage
from tests.examples import MODEL, NOON, cause, decided, later, order, version

RUN = "run_2"
HARM = Reason("rolled_back", "it failed rows")


def kept(*stages: Stage) -> Model:
    """Versions 1, 2, … in these stages, the first of which serves; a run goes on."""
    model = Model.unknown(MODEL)
    versions = {
        Ref(Noun.VERSION, number): replace(version(f"run_{number}"), number=number, stage=stage, artifact=f"a{number}")
        for number, stage in enumerate(stages, start=1)
    }
    head = replace(
        model.head,
        revision=9,
        champion=1,
        next_version=len(stages) + 1,
        dataset="ds_1",
        running=Open(RUN, RunStatus.RUNNING),
    )
    serving = replace(model.serving, arms=(Arm(1, Role.CHAMPION, 1.0, "a1"),), newest=1)
    return replace(model, head=head, serving=serving, items=versions)


def idle(*stages: Stage) -> Model:
    model = kept(*stages)
    return replace(model, head=replace(model.head, running=None))


def tried(share: float = 0.2, number: int = 2, artifact: str = "a2") -> Model:
    """Version 2 (or a drill's copy of 1) is tried by the run."""
    model = kept(Stage.CHAMPION, Stage.CANDIDATE)
    arm = Arm(number, Role.CHALLENGER, share, artifact)
    return after(model, decided(model.challenge(order("deploy", run=RUN), arm, later(1))))


def after(model: Model, decision: Decision) -> Model:
    """The model once the decision is committed."""
    items = dict(model.items)
    for move in decision.moves:
        if move.noun is Noun.VERSION:
            items[Ref(Noun.VERSION, move.id)] = replace(model.version(int(move.id)), stage=Stage(move.now))
    return replace(model, head=decision.head, serving=decision.serving or model.serving, items=items)


def ends(decision: Decision) -> list[tuple[object, str]]:
    return [(move.id, move.now) for move in decision.moves]


@pytest.mark.parametrize(
    "decide",
    [
        lambda model, given: model.challenge(given, Arm(2, Role.CHALLENGER, 0.2, "a2"), NOON),
        lambda model, given: model.take_back(given, HARM, NOON),
        lambda model, given: model.readmit(given, 2, NOON),
    ],
    ids=["challenge", "take_back", "readmit"],
)
def test_a_run_that_is_over_decides_nothing(decide: Callable[[Model, object], Change]) -> None:
    for model in (tried(), idle(Stage.CHAMPION, Stage.RETIRED)):
        with pytest.raises(Superseded):
            decide(model, order("late", run="run_0"))


def test_what_is_tried_is_taken_back_with_the_reason_and_the_run_is_rejected() -> None:
    decision = decided(tried().take_back(order("rollback", run=RUN), HARM, later(2)))
    assert ends(decision) == [(2, "rejected"), (RUN, "rejected")]
    assert [move.reason for move in decision.moves] == [HARM, HARM]
    assert decision.serving
    assert [arm.name for arm in decision.serving.arms] == ["1c"]
    assert decision.head.running is None


def test_a_person_takes_back_what_is_tried_and_overtakes_the_run() -> None:
    decision = decided(tried().rollback(order("rollback"), later(2)))
    assert ends(decision) == [(2, "rejected"), (RUN, "cancelled")]
    assert decision.receipt.action == "take_back"


def test_a_person_goes_back_although_a_run_goes_on() -> None:
    model = tried()
    promoted = after(model, decided(model.promote(order("promote"), 2, later(2))))
    busy = replace(promoted, head=replace(promoted.head, running=Open("run_3", RunStatus.RUNNING)))
    decision = decided(busy.rollback(order("rollback"), later(3)))
    assert ends(decision) == [(1, "champion"), (2, "draining"), ("run_3", "cancelled")]
    assert decision.head.champion == 1


def test_a_run_that_fails_leaves_nothing_tried() -> None:
    timed_out = Reason("timed_out", "a step took too long")
    decision = decided(tried().end(order("close"), RUN, RunStatus.FAILED, timed_out, later(2)))
    assert ends(decision) == [(RUN, "failed"), (2, "rejected")]
    assert decision.serving
    assert [(arm.name, arm.share) for arm in decision.serving.arms] == [("1c", 1.0)]


def test_a_queued_run_that_ends_leaves_what_another_tries() -> None:
    model = tried()
    model = replace(model, head=replace(model.head, queued=Open("run_3", RunStatus.QUEUED)))
    decision = decided(model.end(order("cancel"), "run_3", RunStatus.CANCELLED, Reason("cancelled"), later(2)))
    assert (ends(decision), decision.serving) == ([("run_3", "cancelled")], None)


def test_a_version_that_drains_is_retired_and_answers_nobody() -> None:
    model = tried()
    promoted = after(model, decided(model.promote(order("promote"), 2, later(2))))
    decision = decided(promoted.retire(order("retire"), 1, later(3)))
    assert ends(decision) == [(1, "retired")]
    assert decision.serving
    assert [arm.name for arm in decision.serving.arms] == ["2c"]


@pytest.mark.parametrize("stage", [Stage.CANDIDATE, Stage.CHALLENGER, Stage.CHAMPION, Stage.REJECTED])
def test_only_a_version_that_drains_is_retired(stage: Stage) -> None:
    with pytest.raises(StageConflict):
        kept(Stage.CHAMPION, stage).retire(order("retire"), 2, NOON)


@pytest.mark.parametrize("stage", [Stage.RETIRED, Stage.REJECTED])
def test_a_version_that_left_comes_before_the_gates_of_today_in_a_run_of_its_own(stage: Stage) -> None:
    decision = decided(idle(Stage.CHAMPION, stage).restore(order("restore"), 2, cause("a"), "run_9", later(2)))
    [run] = decision.items
    assert isinstance(run, Run)
    assert (run.begin_at, run.version, run.dataset, run.status) == (BeginAt.SCORE, 2, "ds_1", RunStatus.RUNNING)
    assert ends(decision) == [("run_9", "running")]


def test_the_restored_version_is_a_candidate_once_it_passed() -> None:
    decision = decided(kept(Stage.CHAMPION, Stage.RETIRED).readmit(order("register", run=RUN), 2, later(2)))
    assert (ends(decision), decision.receipt.version) == ([(2, "candidate")], 2)


@pytest.mark.parametrize("stage", [Stage.CHAMPION, Stage.DRAINING, Stage.CANDIDATE, Stage.PURGED])
def test_a_version_that_has_not_left_is_not_restored(stage: Stage) -> None:
    with pytest.raises(StageConflict):
        idle(Stage.CHAMPION, stage).restore(order("restore"), 2, cause("a"), "run_9", NOON)


def test_neither_a_restored_version_nor_a_drill_waits_behind_an_open_run() -> None:
    model = kept(Stage.CHAMPION, Stage.RETIRED)
    with pytest.raises(RunConflict):
        model.restore(order("restore"), 2, cause("a"), "run_9", NOON)
    with pytest.raises(RunConflict):
        model.drill(order("drill"), cause("a"), "run_9", NOON)


def test_a_drill_that_is_over_leaves_the_champion_as_it_was() -> None:
    model = tried(number=1, artifact="b0de")
    decision = decided(model.take_back(order("rollback", run=RUN), HARM, later(2)))
    assert ends(decision) == [(RUN, "rejected")]
    assert decision.serving
    assert decision.serving.arms == (Arm(1, Role.CHAMPION, 1.0, "a1"),)


def test_what_is_purged_stays_in_the_books() -> None:
    decision = decided(kept(Stage.CHAMPION, Stage.RETIRED).purge(order("purge"), 2, later(2)))
    assert (ends(decision), decision.items, decision.serving) == ([(2, "purged")], (), None)
