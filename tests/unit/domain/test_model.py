"""Model: one reading of a model decides; what it decides names every state that it relies on."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest

from shared.domain.change import Answered, Change, Command, Move, Noun, Ref
from shared.domain.errors import KeyReused, NotFound, RevisionMoved, StageConflict, Superseded
from shared.domain.head import Open, Pace
from shared.domain.item import standing
from shared.domain.model import Model
from shared.domain.reason import Reason
from shared.domain.run import RunStatus
from shared.domain.serving import Arm, Role
from shared.domain.stage import Stage
from tests.examples import MODEL, NOON, applied, cause, dataset, decided, later, order, spec, upload, version

RUN = "run_2"


def new() -> Model:
    """A model with its first spec."""
    decision = decided(Model.unknown(MODEL).apply(order("apply"), applied()))
    assert decision.serving
    return Model(decision.head, decision.serving, {}, {})


def with_a_running_run() -> Model:
    model = new()
    return replace(model, head=replace(model.head, running=Open(RUN, RunStatus.RUNNING, ("up_1",))))


def with_a_champion_and_a_candidate() -> Model:
    """Version 1 serves, version 2 is the open run's candidate."""
    one = replace(version("run_1"), number=1, stage=Stage.CHAMPION)
    two = replace(version(RUN, later(5)), number=2, artifact="cd34")
    model = with_a_running_run()
    return replace(
        model,
        head=replace(model.head, champion=1, next_version=3),
        serving=replace(model.serving, arms=(Arm(1, Role.CHAMPION, 1.0, one.artifact),)),
        items={Ref(Noun.VERSION, 1): one, Ref(Noun.VERSION, 2): two},
    )


def test_the_first_spec_says_that_nothing_serves_yet() -> None:
    decision = decided(Model.unknown(MODEL).apply(order("apply"), applied()))
    assert (decision.head.revision, decision.head.spec) == (1, 1)
    assert decision.serving
    assert (decision.serving.revision, decision.serving.arms) == (1, ())


def test_a_spec_sets_the_pace_and_what_an_upload_means() -> None:
    paced = spec(data={"uploads": "replace"}, train={"at_most": "4/day"})
    head = decided(new().apply(order("apply"), applied(2, paced))).head
    assert (head.pace, head.replaces) == (Pace(4, timedelta(days=1)), True)


def test_an_upload_starts_a_run_that_names_it() -> None:
    decision = decided(new().receive(order("january"), upload("january"), cause("january"), "run_1", later(1)))
    assert [(move.noun, move.was, move.now) for move in decision.moves] == [
        (Noun.RUN, "", "running"),
        (Noun.UPLOAD, "", "received"),
    ]
    assert decision.head.running == Open("run_1", RunStatus.RUNNING, (upload("january").id,))
    assert decision.items[1] == replace(upload("january"), run="run_1")
    assert (decision.receipt.action, decision.receipt.run, decision.receipt.now) == ("receive", "run_1", "running")


def test_a_later_upload_joins_the_queued_run() -> None:
    model = with_a_running_run()
    model = replace(model, head=replace(model.head, queued=Open("run_3", RunStatus.QUEUED, ("up_2",))))
    decision = decided(model.receive(order("march"), upload("march"), cause("march"), "run_9", later(1)))
    assert decision.head.queued == Open("run_3", RunStatus.QUEUED, ("up_2", upload("march").id))
    assert decision.items == (replace(upload("march"), run="run_3"),)
    assert (decision.receipt.run, decision.receipt.now) == ("run_3", "queued")


def test_an_upload_that_replaces_all_supersedes_the_queued_run() -> None:
    model = with_a_running_run()
    queued = Open("run_3", RunStatus.QUEUED, ("up_2",))
    model = replace(model, head=replace(model.head, queued=queued, replaces=True))
    decision = decided(model.receive(order("march"), upload("march"), cause("march"), "run_9", later(1)))
    assert Move(Noun.RUN, "run_3", "queued", "superseded", Reason("superseded", "run_9 covers it")) in decision.moves
    assert decision.receipt.run == "run_9"


def test_a_data_version_is_accepted_and_moves_the_cut_forward_only() -> None:
    model = with_a_running_run()
    first = decided(model.accept(order("accept", run=RUN), dataset(RUN, cut=later(60))))
    assert (first.head.dataset, first.head.cut) == (dataset(RUN).id, later(60))
    model = replace(model, head=replace(first.head))
    for cut in (later(30), None):
        assert decided(model.accept(order("accept 2", run=RUN), dataset(RUN, cut=cut))).head.cut == later(60)
    assert decided(model.accept(order("accept 3", run=RUN), dataset(RUN, cut=later(90)))).head.cut == later(90)


def test_versions_are_numbered_by_the_model_and_without_gaps() -> None:
    model = with_a_running_run()
    first = decided(model.register(order("register", run=RUN), version(RUN)))
    second = decided(replace(model, head=first.head).register(order("register 2", run=RUN), version(RUN)))
    assert (first.receipt.version, second.receipt.version, second.head.next_version) == (1, 2, 3)
    assert [standing(item).ref for item in (*first.items, *second.items)] == [
        Ref(Noun.VERSION, 1),
        Ref(Noun.VERSION, 2),
    ]


@pytest.mark.parametrize(
    "decide",
    [
        lambda model: model.accept(order("accept", run="run_0"), dataset("run_0")),
        lambda model: model.register(order("register", run="run_0"), version("run_0")),
        lambda model: model.promote(order("promote", run="run_0"), 2, NOON),
    ],
    ids=["accept", "register", "promote"],
)
def test_a_run_that_is_over_decides_nothing(decide: Callable[[Model], Change]) -> None:
    with pytest.raises(Superseded):
        decide(with_a_champion_and_a_candidate())


def test_a_promoted_version_takes_all_and_the_one_before_drains_pinned() -> None:
    decision = decided(with_a_champion_and_a_candidate().promote(order("promote", run=RUN), 2, later(9)))
    assert [(move.id, move.was, move.now) for move in decision.moves] == [
        (2, "candidate", "champion"),
        (1, "champion", "draining"),
        (RUN, "running", "succeeded"),
    ]
    assert decision.serving
    assert decision.serving.arms == (
        Arm(2, Role.CHAMPION, 1.0, "cd34"),
        Arm(1, Role.PINNED, 0.0, "ab12", later(9), later(9) + timedelta(days=7)),
    )
    assert (decision.head.champion, decision.head.learned_until) == (2, later(5) - timedelta(days=1))
    assert decision.items == ()


def test_a_version_that_drains_still_answers_when_another_is_promoted() -> None:
    model = with_a_champion_and_a_candidate()
    pinned = Arm(7, Role.PINNED, 0.0, "ef56")
    model = replace(model, serving=replace(model.serving, arms=(*model.serving.arms, pinned)))
    decision = decided(model.promote(order("promote"), 2, later(9)))
    assert decision.serving
    assert [arm.version for arm in decision.serving.arms] == [2, 1, 7]


def test_the_champion_is_not_promoted_again() -> None:
    with pytest.raises(StageConflict):
        with_a_champion_and_a_candidate().promote(order("promote"), 1, NOON)


def test_what_was_not_asked_for_is_not_found() -> None:
    model = new()
    for reach in (
        lambda: model.version(9),
        lambda: model.run("run_9"),
        lambda: model.dataset("ds_9"),
        lambda: model.spec(9),
        lambda: model.upload("up_9"),
    ):
        with pytest.raises(NotFound) as refused:
            reach()
        assert refused.value.problems[0].fix


def test_an_order_that_was_answered_is_answered_again_whatever_has_happened_since() -> None:
    model = with_a_champion_and_a_candidate()
    first = decided(model.promote(order("promote", "body"), 2, NOON)).receipt
    again = replace(model, commands={first.id: Command(MODEL, first.id, "body", first)})
    assert again.promote(order("promote", "body"), 2, later(9)) == Answered(replace(first, replayed=True))
    with pytest.raises(KeyReused):
        again.promote(order("promote", "another body"), 2, later(9))


def test_an_order_that_knows_an_older_revision_is_refused() -> None:
    model = with_a_champion_and_a_candidate()
    assert decided(model.promote(order("promote", revision=1), 2, NOON)).head.revision == 2
    with pytest.raises(RevisionMoved):
        model.promote(order("promote", revision=0), 2, NOON)


def test_a_receipt_says_who_what_when_and_why() -> None:
    receipt = decided(with_a_champion_and_a_candidate().promote(order("promote"), 2, later(9))).receipt
    assert (receipt.action, receipt.model, receipt.version, receipt.was, receipt.now) == (
        "promote", MODEL, 2, "candidate", "champion",
    )  # fmt: skip
    assert (receipt.by, receipt.reason, receipt.at, receipt.revision) == ("ada", "promote, she said", later(9), 2)
