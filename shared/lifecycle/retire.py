"""Retire: a version that was replaced answers nobody any more, by a person or when its time to drain is over.

The account of it (reason, evidence, replacement, what changes for callers) is written before the decision: a crash in
between leaves an account that no decision knows, never a decision without its account.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from shared.domain import places, record
from shared.domain.change import Decision, Move, Noun, Receipt, Ref
from shared.domain.check import Check
from shared.domain.difference import difference
from shared.domain.errors import Conflict, Problem
from shared.domain.finding import Finding
from shared.domain.model import Model
from shared.domain.order import Order, command_id
from shared.domain.retirement import REMEMBERED, Replacement, Retirement, called, judged, seen
from shared.domain.serving import Arm, champion
from shared.domain.stage import Stage
from shared.domain.verdict import Verdict
from shared.ports.artifacts import manifest
from shared.ports.clock import Clock
from shared.ports.objects import Objects
from shared.ports.profiles import Profiles
from shared.ports.registry import Query, Registry, chain, every


@dataclass(frozen=True, slots=True)
class Request:
    """Which version of which model, at once."""

    model: str
    version: int
    order: Order


@dataclass(frozen=True, slots=True)
class Drain:
    """A version, and the instant since which it drained when somebody began to wait."""

    model: str
    version: int
    since: datetime


class Outcome(StrEnum):
    """Kept: it answers again, drains anew or has gone already, so that wait was for nothing."""

    RETIRED = "retired"
    KEPT = "kept"


@dataclass(frozen=True, slots=True)
class Result:
    """What became of it."""

    outcome: Outcome


@dataclass(frozen=True, slots=True)
class Judged:
    """Of a run's evaluation, what is quoted here."""

    verdict: Verdict


def run(request: Request, *, registry: Registry, artifacts: Objects, profiles: Profiles, clock: Clock) -> Receipt:
    """Retire at once; raises NotFound, StageConflict (a champion is replaced, never only retired), RevisionMoved."""
    model = registry.model(request.model, *_refs(request.version, request.order))
    return _retire(model, request.version, request.order, clock.now(), registry, artifacts, profiles)


def drained(drain: Drain, *, registry: Registry, artifacts: Objects, profiles: Profiles, clock: Clock) -> Result:
    """Retire the version if it has drained ever since; raises Conflict before its sunset."""
    order, now = drain_order(drain), clock.now()
    model = registry.model(drain.model, *_refs(drain.version, order))
    arms = (arm for arm in model.serving.arms if (arm.version, arm.since) == (drain.version, drain.since))
    sunset = next((arm.sunset for arm in arms), None)
    if sunset is None and order.id not in model.commands:
        return Result(Outcome.KEPT)
    if sunset and now < sunset:
        early = Problem("/version", "it still drains", f"{now:%FT%TZ}", f"{sunset:%FT%TZ}", "wait for it")
        raise Conflict(f"version {drain.version} of {drain.model} drains until {sunset:%FT%TZ}", early)
    _retire(model, drain.version, order, now, registry, artifacts, profiles)
    return Result(Outcome.RETIRED)


def drain_order(drain: Drain) -> Order:
    """The one order that a drain comes to, however often it is waited for."""
    ident = command_id("drain", drain.model, str(drain.version), drain.since.isoformat())
    return Order(ident, by="treadle:retire", reason="its time to drain is over")


def _refs(number: int, order: Order) -> tuple[Ref, ...]:
    return Ref(Noun.VERSION, number), Ref(Noun.COMMAND, order.id)


def _retire(
    model: Model, number: int, order: Order, at: datetime, registry: Registry, artifacts: Objects, profiles: Profiles
) -> Receipt:
    change = model.retire(order, number, at)
    if isinstance(change, Decision):
        account = _account(model, number, change.receipt, registry, artifacts, profiles)
        artifacts.write(places.retirement(model.name, number, order.id), record.written(account))
    return registry.commit(change)


def _account(
    model: Model, number: int, receipt: Receipt, registry: Registry, artifacts: Objects, profiles: Profiles
) -> Retirement:
    leaving, successor = _arm(model, number), champion(model.serving)
    since = leaving.since or receipt.at
    before, after = (manifest(artifacts, arm.artifact).signature for arm in (leaving, successor))
    return Retirement(
        model.name,
        number,
        receipt.id,
        receipt.by,
        receipt.reason,
        receipt.at,
        since,
        leaving.sunset or receipt.at,
        _replacement(model.name, number, successor.version, registry),
        (
            *_last_seen(model.name, number, since - REMEMBERED, registry),
            *_judged(model.name, successor.version, registry, artifacts),
        ),
        difference(before, after),
        called(profiles.callers(model.name, receipt.at - REMEMBERED), number),
    )


def _arm(model: Model, number: int) -> Arm:
    """The arm of a version that drains."""
    return next(arm for arm in model.serving.arms if arm.version == number)


def _replacement(name: str, number: int, successor: int, registry: Registry) -> Replacement:
    """Who let the version drain last, and why: read off the audit chain."""
    drained = (link.receipt for link in chain(registry, name) if any(_drains(move, number) for move in link.moves))
    receipt = next(drained)
    return Replacement(successor, receipt.by, receipt.reason, receipt.at)


def _drains(move: Move, number: int) -> bool:
    return (move.noun, move.id, move.now) == (Noun.VERSION, number, Stage.DRAINING)


def _last_seen(name: str, number: int, since: datetime, registry: Registry) -> Iterator[str]:
    """The version's last check, and its last finding."""
    checks = every(registry, Query(Noun.CHECK, name, since=since), Check)
    findings = every(registry, Query(Noun.FINDING, name, since=since), Finding)
    for looks in (checks, findings):
        yield from next((seen(last) for last in looks if last.version == number), ())


def _judged(name: str, number: int, registry: Registry, artifacts: Objects) -> tuple[str, ...]:
    version = registry.model(name, Ref(Noun.VERSION, number)).version(number)
    evaluation = record.read(Judged, artifacts.read(places.evaluation(name, version.run)))
    return judged(number, version.metric, evaluation.verdict)
