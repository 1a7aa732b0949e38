"""Deploy: how a registered version takes over: at once, or step by step beside the champion."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from shared.domain import bake
from shared.domain.change import Fact, Noun, Ref
from shared.domain.hour import HOUR, hour_of
from shared.domain.order import Order, step_order
from shared.domain.run import BeginAt, Step
from shared.domain.serving import Arm, Role, Serving
from shared.domain.spec.deploy import Judge
from shared.domain.spec.deploy import Step as RolloutStep
from shared.domain.spec.quantities import duration
from shared.ports.clock import Clock
from shared.ports.profiles import Profiles
from shared.ports.registry import Registry
from shared.statistics import eprocess

DAY, LEAST = timedelta(days=1), timedelta(minutes=1)
"""Traffic is read off the last day, or off what there is of it, but never off less than a minute."""


class Way(StrEnum):
    """all_at_once: nothing serves yet, or there are no steps. shadow, canary: it is tried beside the champion."""

    ALL_AT_ONCE = "all_at_once"
    SHADOW = "shadow"
    CANARY = "canary"


@dataclass(frozen=True, slots=True)
class Request:
    """Which version, by which run and its pinned spec, at which step from 0; the artifact where it is not its own."""

    model: str
    run: str
    spec: int
    version: int
    step: int = 0
    artifact: str = ""


@dataclass(frozen=True, slots=True)
class Result:
    """The way; the revision of the record that serves now, when it began and ends, and the seconds between two looks.

    Instants in milliseconds since 1970. All at once, nothing is waited for.
    """

    way: Way
    step: int
    revision: int = 0
    since_ms: int = 0
    until_ms: int = 0
    wait_s: int = 0


@dataclass(frozen=True, slots=True)
class Going:
    """A step that is gone: the request, the step, whose judge, and what served before."""

    request: Request
    step: RolloutStep
    judge: Judge
    before: Serving


def run(request: Request, *, registry: Registry, profiles: Profiles, clock: Clock) -> Result:
    """Go the step, once: the serving record is replaced, or all at once left to promote. Raises Superseded."""
    began = clock.ticks()
    order = step_order(request.run, bake.named("deploy", request.step), f"step {request.step + 1} of its rollout")
    refs = (Ref(Noun.SPEC, request.spec), Ref(Noun.RUN, request.run), Ref(Noun.VERSION, request.version))
    model = registry.model(request.model, *refs, Ref(Noun.COMMAND, order.id))
    spec, turn = model.spec(request.spec).spec, model.run(request.run)
    steps = bake.steps(turn, spec)
    if not (model.serving.champion and steps):
        said, result = f"version {request.version} takes over at once", Result(Way.ALL_AT_ONCE, request.step)
    else:
        going = Going(request, steps[request.step], spec.deploy.judge, model.serving)
        arm = _arm(going, model.version(request.version).artifact)
        said = SAID[turn.begin_at].format(version=request.version) + _said(going, profiles, clock.now())
        result = _gone(going, order, registry, arm, clock.now(), len(steps))
    name = bake.named("deploy", request.step)
    registry.commit(Fact(Step(request.model, request.run, name, clock.now(), clock.ticks() - began, said), request.run))
    return result


SAID: Mapping[BeginAt, str] = {
    BeginAt.DATA: "version {version} ",
    BeginAt.SCORE: "version {version} ",
    BeginAt.DRILL: "a copy of version {version} that breaks ",
}
"""Who goes the step."""


def _arm(going: Going, artifact: str) -> Arm:
    return Arm(going.request.version, Role.CHALLENGER, going.step.share or 0.0, going.request.artifact or artifact)


def _gone(going: Going, order: Order, registry: Registry, arm: Arm, at: datetime, of: int) -> Result:
    """The arm serves; asked again, the first answer's instants hold."""
    request, step = going.request, going.step
    refs = (Ref(Noun.VERSION, request.version), Ref(Noun.COMMAND, order.id))
    receipt = registry.commit(registry.model(request.model, *refs).challenge(order, arm, at))
    way = Way.SHADOW if step.shadow else Way.CANARY
    until = receipt.at + bake.lasts(step)
    return Result(way, request.step, receipt.revision, _ms(receipt.at), _ms(until), bake.wait_s(step, of))


def _said(going: Going, profiles: Profiles, now: datetime) -> str:
    """What the step is, and the smallest harm that it can show."""
    step, judge, length = going.step, going.judge, duration(bake.lasts(going.step))
    if step.share is None:
        return f"answers what callers send for {length}; nobody sees it"
    begins = f"answers {step.share:.0%} of the rows for {length}"
    seen, hours = _traffic(going.before, profiles, now)
    if not seen.rows:
        return f"{begins}; no call is counted yet, so what it can show is unknown"
    rows = round(seen.rows * bake.lasts(step) / hours)
    effect = eprocess.smallest_effect(rows, seen.expected, step.share, judge.false_alarms)
    needed = eprocess.rows_to_show(judge.worse_by, seen.expected, step.share, judge.false_alarms)
    shown = f"can show {effect:.1%} more failures" if effect < 1 else "can show nothing"
    return f"{begins}; about {rows:,} rows are expected, which {shown}; {judge.worse_by:.1%} needs {needed:,}"


def _traffic(before: Serving, profiles: Profiles, now: datetime) -> tuple[eprocess.Failures, timedelta]:
    """What the record before answered in the last day, or since it serves, as far as it was captured; and how long."""
    since = max(now - DAY, before.at)
    slots = [t for t in profiles.tallies(before.model, before.revision) if hour_of(t.slot) + HOUR > since]
    arms = [arm for tally in slots for name, arm in tally.arms.items() if not name.endswith(Role.PINNED)]
    seen = eprocess.Failures(sum(arm.rows for arm in arms), sum(arm.failed for arm in arms))
    return seen, max(now - since, LEAST)


def _ms(at: datetime) -> int:
    return round(at.timestamp() * 1000)
