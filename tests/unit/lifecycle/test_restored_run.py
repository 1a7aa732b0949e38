"""A restored version before the gates of today: scored, judged and registered by the verbs that judge new ones."""

from dataclasses import replace
from pathlib import Path

import pytest

from shared.domain import places
from shared.domain.change import Noun, Ref
from shared.domain.execution import Execution, State
from shared.domain.run import Cause, CauseKind, RunStatus
from shared.domain.stage import Stage
from shared.domain.verdict import Decision
from shared.domain.version import Version
from shared.lifecycle import evaluate, register, restore, score
from tests.examples import order
from tests.history import decide
from tests.unit.lifecycle.workshop import MODEL, SECTIONS, Workshop, january

STRICT = {**SECTIONS, "evaluate": {"gates": {"roc_auc": {"min": 0.99}}}}
"""A spec that no version so far would have passed."""


@pytest.fixture
def workshop(tmp_path: Path) -> Workshop:
    """Version 1 was made from January; version 2, which has equal bytes, has replaced it, and it is retired."""
    workshop = Workshop(tmp_path)
    workshop.world.applied(SECTIONS)
    assert workshop.turned(workshop.received("january.csv", january())) is Decision.ACCEPTED
    registry, clock = workshop.world.registry, workshop.world.clock
    again, cause, at = "run_again", Cause(CauseKind.COMMAND, "cmd_again"), clock.now()
    decide(registry, lambda model: model.begin(order("train"), cause, again, at))
    made = replace(version(workshop, 1), run=again)
    decide(registry, lambda model: model.register(order("register", run=again), made))
    about = Ref(Noun.VERSION, 1), Ref(Noun.VERSION, 2)
    decide(registry, lambda model: model.promote(order("promote", run=again), 2, at), *about)
    decide(registry, lambda model: model.retire(order("retire"), 1, at), *about)
    return workshop


def version(workshop: Workshop, number: int) -> Version:
    return workshop.world.model(Ref(Noun.VERSION, number)).version(number)


def restored(workshop: Workshop) -> str:
    """Ada restores version 1; the run."""
    request = restore.Request(MODEL, 1, order("restore"))
    return restore.run(request, **workshop.world.starting()).run or ""


def judged(workshop: Workshop, run: str) -> evaluate.Request:
    """The run as far as the machine takes it before evaluate."""
    turn = workshop.world.run(run)
    scored = workshop.twice(score.run, score.Request(MODEL, run, turn.dataset, "", turn.version))
    return evaluate.Request(MODEL, run, turn.spec, turn.dataset, scored.artifact, scored.champion)


def test_a_version_that_passes_is_a_candidate_again_under_its_own_number_with_a_card_of_today(
    workshop: Workshop,
) -> None:
    before = version(workshop, 1)
    run = restored(workshop)
    asked = judged(workshop, run)
    assert (asked.artifact, asked.champion) == (before.artifact, 2)
    assert workshop.twice(evaluate.run, asked).decision is Decision.ACCEPTED
    request = register.Request(MODEL, run, asked.spec, asked.dataset, asked.artifact)
    assert workshop.twice(register.run, request).version == 1
    assert workshop.changed == []
    after = version(workshop, 1)
    assert after == replace(before, stage=Stage.CANDIDATE, since=after.since)
    assert workshop.world.model().head.next_version == 3
    assert list(workshop.steps(run)) == ["score", "evaluate", "register"]
    card = workshop.artifacts.read(places.card(MODEL, run)).decode()
    for family in SECTIONS["train"]["candidates"]:
        assert family in card  # the trials that it was chosen among, by the run that made it


def test_a_version_that_fails_the_gates_of_today_stays_retired(workshop: Workshop) -> None:
    workshop.world.applied(STRICT)
    run = restored(workshop)
    asked = judged(workshop, run)
    assert asked.spec == 2
    verdict = workshop.twice(evaluate.run, asked)
    assert (verdict.decision, "roc_auc" in verdict.detail) == (Decision.REFUSED, True)
    workshop.world.ends(run, Execution(State.FAILED, "gate_failed", verdict.detail))
    ended = workshop.world.run(run)
    assert (ended.status, ended.reason.code) == (RunStatus.REJECTED, "gate_failed")
    assert version(workshop, 1).stage is Stage.RETIRED
    assert workshop.artifacts.read(places.card(MODEL, run))
