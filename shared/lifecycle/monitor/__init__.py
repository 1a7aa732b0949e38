"""Monitor: every window that became complete since the last check is looked at, and the spec's policy follows.

What is read is what was captured, as far as it has been counted: it goes by the watermark, not by the clock, so that
the same rows lead to the same findings at any tempo. Only rows that the champion answered count, from when it became
one: a window that alarmed before it does not alarm again for the version that mended it.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from shared.domain.change import Fact, Noun, Ref
from shared.domain.check import Check
from shared.domain.finding import Finding, Kind
from shared.domain.model import Model
from shared.domain.names import digest_id
from shared.domain.serving import Arm
from shared.domain.spec import Spec
from shared.lifecycle.monitor.due import Look
from shared.lifecycle.monitor.look import Alarm, Seen, alarms, look
from shared.lifecycle.monitor.policy import Desk, react
from shared.lifecycle.monitor.reading import read
from shared.lifecycle.monitor.schedule import NOTHING, Slot, scheduled
from shared.ports.clock import Clock
from shared.ports.drains import Drains
from shared.ports.ids import Ids
from shared.ports.objects import Objects
from shared.ports.profiles import Profiles, watermark
from shared.ports.registry import Query, Registry
from shared.ports.wheel import Wheel

_FINDINGS = 20
"""How many of the newest findings are read, to see what cools down."""

_NEVER = datetime.fromtimestamp(0, UTC)


@dataclass(frozen=True, slots=True)
class Request:
    """Which model is looked at."""

    model: str


@dataclass(frozen=True, slots=True)
class Result:
    """When it was looked at, how many windows were new, what was found, and metrics by name (none without windows).

    A metric is the furthest score of the new windows: 1 and more is beyond its threshold.
    """

    model: str
    at: datetime
    windows: int = 0
    findings: tuple[str, ...] = ()
    metrics: Mapping[str, float] = field(default_factory=dict)


def run(  # noqa: PLR0913  # its ports are its permission list
    request: Request,
    *,
    registry: Registry,
    profiles: Profiles,
    captures: Objects,
    artifacts: Objects,
    wheel: Wheel,
    drains: Drains,
    clock: Clock,
    ids: Ids,
) -> Result:
    """Look, put what was found, and react; run twice, it comes to the same. Raises NotFound, Conflict (try again)."""
    now = clock.now()
    model = registry.model(request.model)
    if model.serving.champion is None:
        return Result(request.model, now)
    spec = registry.model(request.model, Ref(Noun.SPEC, model.head.spec)).spec(model.head.spec).spec
    before = _last(registry, request.model, model.serving.champion)
    mark = watermark(profiles, captures, request.model, now)
    seen = look(Look(spec, before, mark), read(registry, artifacts, profiles, before, spec, mark))
    desk = Desk(registry, profiles, wheel, drains, clock, ids)
    findings = tuple(_found(desk, model, spec, before, alarm) for alarm in _new(registry, model, spec, seen))
    slot = scheduled(desk, model, spec, before)
    check = _check(before, seen, slot, now)
    if seen.windows or slot != NOTHING:
        registry.commit(Fact(check))
    return Result(request.model, now, seen.windows, findings, seen.metrics)


def _last(registry: Registry, name: str, champion: Arm) -> Check:
    """The newest check, or how one begins that no check of this champion came before."""
    newest = registry.page(Query(Noun.CHECK, name, limit=1)).items
    last = next((item for item in newest if isinstance(item, Check)), None)
    if last and last.version == champion.version:
        return last
    until = [at for at in (last.drift_until, last.drop_until, last.since) if at] if last else []
    slot = last.slot if last else ""
    return Check(name, "", _NEVER, champion.version, 0, since=max(until, default=None), slot=slot)


def _new(registry: Registry, model: Model, spec: Spec, seen: Seen) -> Iterator[Alarm]:
    """The alarms that nothing cools down, oldest first."""
    listed = registry.page(Query(Noun.FINDING, model.name, limit=_FINDINGS)).items
    known = [item for item in listed if isinstance(item, Finding)]
    last = {kind: max((one.ends for one in known if one.kind is kind), default=None) for kind in Kind}
    for alarm in alarms(seen):
        ended = last[alarm.kind]
        if ended is None or alarm.ends >= ended + max(spec.monitor.cool_down, timedelta(microseconds=1)):
            last[alarm.kind] = alarm.ends
            yield alarm


def _found(desk: Desk, model: Model, spec: Spec, before: Check, alarm: Alarm) -> str:
    """Put the finding, with what follows from it; the run is decided first, under an id that the finding gives."""
    number = str(before.version)
    ident = digest_id("fnd", model.name, number, alarm.kind, alarm.begins.isoformat(), alarm.ends.isoformat())
    finding = alarm.finding(model.name, ident, desk.clock.now(), before.version)
    desk.registry.commit(Fact(react(desk, finding, spec)))
    return ident


def _check(before: Check, seen: Seen, slot: Slot, now: datetime) -> Check:
    """What is known after this look; of the same windows it is the same item."""
    drift_until, drop_until = seen.drift_until or before.drift_until, seen.drop_until or before.drop_until
    name = slot.name or before.slot
    parts = (before.model, str(before.version), str(drift_until), str(drop_until), name)
    return Check(
        before.model,
        digest_id("chk", *parts),
        now,
        before.version,
        seen.windows,
        drift_until,
        drop_until,
        seen.drift or before.drift,
        seen.drop or before.drop,
        seen.drop.figures if seen.drop else before.realised,
        seen.estimated or before.estimated,
        before.since,
        name,
        slot.note,
        seen.foretold or before.foretold,
    )
