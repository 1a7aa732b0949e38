"""Rollout: what each decision does to the arms that serve, and to the versions behind them."""

from dataclasses import replace
from datetime import timedelta

import pytest

from shared.domain import rollout
from shared.domain.change import Move, Noun
from shared.domain.errors import NoChampion, StageConflict
from shared.domain.reason import Reason
from shared.domain.serving import Arm, Role, Serving
from shared.domain.stage import Stage
from shared.domain.version import Version
from tests.examples import MODEL, NOON, later, version

WEEK = timedelta(days=7)
CHAMPION = Arm(1, Role.CHAMPION, 1.0, "ab12")
CANARY = Arm(2, Role.CHALLENGER, 0.2, "cd34")
DRILL = Arm(1, Role.CHALLENGER, 0.2, "b0de")
HARM = Reason("rolled_back", "it failed rows")


def draining(number: int, minutes: float) -> Arm:
    return Arm(number, Role.PINNED, 0.0, f"a{number}", later(minutes), later(minutes) + WEEK)


def serving(*arms: Arm) -> Serving:
    return Serving(MODEL, 5, NOON, arms, newest=max((arm.version for arm in arms), default=0))


def numbered(number: int, stage: Stage) -> Version:
    return replace(version("run_2"), number=number, stage=stage, artifact="cd34")


def shares(served: Serving) -> dict[str, float]:
    return {arm.name: round(arm.share, 9) for arm in served.arms}


def moves(made: tuple[Move, ...]) -> list[tuple[object, str, str]]:
    return [(move.id, move.was, move.now) for move in made]


@pytest.mark.parametrize("share", [0.0, 0.2, 0.5])
def test_a_challenger_takes_its_share_from_the_champion(share: float) -> None:
    after = rollout.challenge(serving(CHAMPION, draining(7, 0)), replace(CANARY, share=share))
    assert shares(after) == {"1c": 1 - share, "7p": 0.0, "2h": share}
    assert after.newest == 7


def test_the_next_step_takes_the_place_of_the_one_before() -> None:
    first = rollout.challenge(serving(CHAMPION), replace(CANARY, share=0.0))
    assert shares(rollout.challenge(first, replace(CANARY, share=0.5))) == {"1c": 0.5, "2h": 0.5}


@pytest.mark.parametrize("stage", [Stage.CANDIDATE, Stage.CHALLENGER])
def test_a_version_that_is_tried_is_a_challenger_at_each_step(stage: Stage) -> None:
    move = rollout.tried(serving(CHAMPION), "run_2", numbered(2, stage))
    assert moves((move,)) == [(2, stage, Stage.CHALLENGER)]


@pytest.mark.parametrize("stage", [Stage.DRAINING, Stage.RETIRED, Stage.REJECTED])
def test_a_version_that_has_left_is_not_tried(stage: Stage) -> None:
    with pytest.raises(StageConflict):
        rollout.tried(serving(CHAMPION), "run_2", numbered(2, stage))


def test_a_drill_moves_no_version() -> None:
    move = rollout.tried(serving(CHAMPION), "run_2", numbered(1, Stage.CHAMPION))
    assert (move.noun, move.id, move.was, move.now) == (Noun.RUN, "run_2", "running", "running")


def test_nothing_is_tried_where_nothing_serves() -> None:
    with pytest.raises(NoChampion):
        rollout.tried(serving(), "run_2", numbered(1, Stage.CANDIDATE))


def test_what_is_tried_no_longer_gives_its_share_back_and_its_version_is_rejected() -> None:
    after, made = rollout.withdraw(rollout.challenge(serving(CHAMPION), CANARY), HARM)
    assert shares(after) == {"1c": 1.0}
    assert made == (Move(Noun.VERSION, 2, Stage.CHALLENGER, Stage.REJECTED, HARM),)


def test_a_drill_that_is_over_rejects_no_version() -> None:
    after, made = rollout.withdraw(rollout.challenge(serving(CHAMPION), DRILL), HARM)
    assert (shares(after), made) == ({"1c": 1.0}, ())


@pytest.mark.parametrize("other", [CANARY, DRILL], ids=["a version", "a drill"])
def test_while_one_is_tried_no_other_is(other: Arm) -> None:
    with pytest.raises(StageConflict):
        rollout.tried(rollout.challenge(serving(CHAMPION), other), "run_3", numbered(3, Stage.CANDIDATE))


def test_a_challenger_that_takes_over_leaves_the_champion_draining_until_its_sunset() -> None:
    before = rollout.challenge(serving(CHAMPION), CANARY)
    after, made = rollout.take_over(before, numbered(2, Stage.CHALLENGER), later(9), WEEK)
    assert after.arms == (
        Arm(2, Role.CHAMPION, 1.0, "cd34"),
        Arm(1, Role.PINNED, 0.0, "ab12", later(9), later(9) + WEEK),
    )
    assert moves(made) == [(2, "challenger", "champion"), (1, "champion", "draining")]


def test_another_version_that_takes_over_ends_what_is_tried() -> None:
    before = rollout.challenge(serving(CHAMPION), CANARY)
    after, made = rollout.take_over(before, numbered(3, Stage.CANDIDATE), later(9), WEEK)
    assert shares(after) == {"3c": 1.0, "1p": 0.0}
    assert moves(made) == [(3, "candidate", "champion"), (1, "champion", "draining"), (2, "challenger", "rejected")]
    assert made[-1].reason == Reason("overtaken", "version 3 was promoted")


def test_a_version_that_takes_over_ends_a_drill_and_only_one_arm_of_the_champion_drains() -> None:
    before = rollout.challenge(serving(CHAMPION), DRILL)
    after, made = rollout.take_over(before, numbered(2, Stage.CANDIDATE), later(9), WEEK)
    assert shares(after) == {"2c": 1.0, "1p": 0.0}
    assert moves(made) == [(2, "candidate", "champion"), (1, "champion", "draining")]


def test_the_version_that_drained_last_answers_again() -> None:
    before = serving(Arm(3, Role.CHAMPION, 1.0, "a3"), draining(1, 3), draining(2, 6))
    after, made = rollout.give_back(before, later(9), WEEK)
    assert shares(after) == {"2c": 1.0, "3p": 0.0, "1p": 0.0}
    assert moves(made) == [(2, "draining", "champion"), (3, "champion", "draining")]
    assert [(arm.since, arm.sunset) for arm in after.arms] == [
        (None, None),
        (later(9), later(9) + WEEK),
        (later(3), later(3) + WEEK),
    ]


def test_there_and_back_again_is_the_record_before() -> None:
    before = serving(CHAMPION)
    there, _ = rollout.take_over(before, numbered(2, Stage.CANDIDATE), later(1), WEEK)
    back, _ = rollout.give_back(there, later(2), WEEK)
    again, _ = rollout.give_back(back, later(3), WEEK)
    assert (shares(back), shares(again)) == ({"1c": 1.0, "2p": 0.0}, {"2c": 1.0, "1p": 0.0})


@pytest.mark.parametrize("record", [serving(), serving(CHAMPION)], ids=["nothing serves", "nothing drains"])
def test_there_is_nothing_to_go_back_to_where_nothing_drains(record: Serving) -> None:
    with pytest.raises(StageConflict):
        rollout.give_back(record, later(9), WEEK)


def test_a_version_that_leaves_answers_nobody_and_is_remembered_as_the_newest() -> None:
    after = rollout.leave(serving(CHAMPION, draining(7, 0)), 7)
    assert (shares(after), after.newest) == ({"1c": 1.0}, 7)
