"""Rollout: what each decision does to the arms that serve, and which versions it moves."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime, timedelta

from shared.domain import stage
from shared.domain.change import Move, Noun
from shared.domain.errors import Problem, StageConflict
from shared.domain.reason import Reason
from shared.domain.run import RunStatus
from shared.domain.serving import Arm, Role, Serving, champion
from shared.domain.stage import Stage, Verb
from shared.domain.version import Version

Served = tuple[Serving, tuple[Move, ...]]


def take_over(serving: Serving, version: Version, at: datetime, drain: timedelta) -> Served:
    """The version answers every row; the champion before it drains, and other challengers are taken back."""
    promoted = Move(Noun.VERSION, version.number, version.stage, _after(version, Verb.PROMOTE))
    others = replace(serving, arms=tuple(arm for arm in serving.arms if arm.version != version.number))
    overtaken = Reason("overtaken", f"version {version.number} was promoted")
    after, withdrawn = withdraw(others, overtaken)
    arms = (Arm(version.number, Role.CHAMPION, 1.0, version.artifact), *_drains(after, at, drain).arms)
    return _served(after, arms), (promoted, *_replaced(after.champion), *withdrawn)


def challenge(serving: Serving, arm: Arm) -> Serving:
    """The arm is tried at its share of the champion's rows; 0 is a shadow."""
    kept = tuple(
        replace(one, share=1.0 - arm.share) if one.role is Role.CHAMPION else one
        for one in serving.arms
        if one.role is not Role.CHALLENGER
    )
    return _served(serving, (*kept, arm))


def tried(serving: Serving, run: str, version: Version) -> Move:
    """The version becomes a challenger, or goes on being one; a drill's stays the champion that it is.

    Raises StageConflict while another is tried, since each run tries one.
    """
    if other := next((arm for arm in serving.challengers if arm.version != version.number), None):
        problem = Problem("/version", "another is tried", str(other.version), fix=f"treadle rollback {serving.model}")
        raise StageConflict(f"version {other.version} of {serving.model} is being tried", problem)
    if version.number == champion(serving).version:
        return Move(Noun.RUN, run, RunStatus.RUNNING, RunStatus.RUNNING)
    going_on = version.stage is Stage.CHALLENGER
    after = version.stage if going_on else _after(version, Verb.CHALLENGE)
    return Move(Noun.VERSION, version.number, version.stage, after)


def withdraw(serving: Serving, why: Reason) -> Served:
    """No challenger is tried any more; each version among them is rejected (a drill's is the champion's own)."""
    own = serving.champion.version if serving.champion else 0
    moves = tuple(
        Move(Noun.VERSION, arm.version, Stage.CHALLENGER, Stage.REJECTED, why)
        for arm in serving.challengers
        if arm.version != own
    )
    kept = tuple(
        replace(arm, share=1.0) if arm.role is Role.CHAMPION else arm
        for arm in serving.arms
        if arm.role is not Role.CHALLENGER
    )
    return replace(serving, arms=kept), moves


def give_back(serving: Serving, at: datetime, drain: timedelta) -> Served:
    """The version that drained last answers again, and the champion drains; raises StageConflict when none drains."""
    draining = [arm for arm in serving.arms if arm.sunset is not None]
    if not draining or serving.champion is None:
        problem = Problem("/model", "no version drains", expected="a draining version", fix="treadle versions list")
        raise StageConflict(f"{serving.model} has no version to go back to", problem)
    back = max(draining, key=lambda arm: arm.since or at)
    moves = (Move(Noun.VERSION, back.version, Stage.DRAINING, Stage.CHAMPION), *_replaced(serving.champion))
    after = _drains(replace(serving, arms=tuple(arm for arm in serving.arms if arm is not back)), at, drain)
    arms = (Arm(back.version, Role.CHAMPION, 1.0, back.artifact), *after.arms)
    return _served(after, arms), moves


def leave(serving: Serving, version: int) -> Serving:
    """The version answers nobody any more."""
    return replace(serving, arms=tuple(arm for arm in serving.arms if arm.version != version))


def _drains(serving: Serving, at: datetime, drain: timedelta) -> Serving:
    """The champion answers only those who pin it, until its sunset."""

    def leaving(arm: Arm) -> Arm:
        return replace(arm, role=Role.PINNED, share=0.0, since=at, sunset=at + drain)

    arms = tuple(leaving(arm) if arm.role is Role.CHAMPION else arm for arm in serving.arms)
    return replace(serving, arms=arms)


def _replaced(arm: Arm | None) -> Iterable[Move]:
    if arm is not None:
        draining = stage.after(arm.version, Stage.CHAMPION, Verb.REPLACE)
        yield Move(Noun.VERSION, arm.version, Stage.CHAMPION, draining)


def _after(version: Version, verb: Verb) -> Stage:
    return stage.after(version.number, version.stage, verb)


def _served(serving: Serving, arms: tuple[Arm, ...]) -> Serving:
    return replace(serving, arms=arms, newest=max(serving.newest, *(arm.version for arm in arms)))
