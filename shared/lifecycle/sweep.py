"""Sweep: what events lost is found again: uploads without a run, runs without an execution or an end, late drains.

Captured rows that were never counted are announced once more, and uploads that never came are waited for no longer.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from shared.domain.change import Noun, Ref
from shared.domain.errors import NameRefused, NotFound
from shared.domain.execution import State
from shared.domain.head import Head
from shared.domain.model import Model
from shared.domain.order import Order, command_id
from shared.domain.reason import Reason
from shared.domain.run import Run, RunStatus
from shared.domain.upload import Upload, UploadStatus, model_of
from shared.ports.arrivals import Arrival, Arrivals
from shared.ports.clock import Clock
from shared.ports.deliveries import Deliveries
from shared.ports.drains import Drains
from shared.ports.objects import Objects
from shared.ports.profiles import Profiles, unfolded
from shared.ports.registry import Query, Registry, every
from shared.ports.wheel import Wheel

LOOKED_BACK = timedelta(hours=25)
YOUNG = timedelta(minutes=2)
"""Uploads and runs younger than this may still be on their way."""

OVERDUE = timedelta(minutes=5)
"""How long after its sunset a version may still drain: retire is tried again for two minutes."""

UNCOUNTED = timedelta(minutes=10)
"""How long after its delivery an object may not be folded yet: fold is tried for longer, but doing it twice is well."""

AT_ONCE = 100
"""Objects that are announced again in one sweep, the oldest first: they hold the watermark."""

WAITED, GIVEN_UP = timedelta(days=1), timedelta(days=8)
"""How long a file is waited for whose upload was announced, and how far back those are looked for that never came."""

NEVER_CAME = Reason("never_came", "its file did not come within a day")

LISTED = 200
"""Heads and open runs a page."""


@dataclass(frozen=True, slots=True)
class Found:
    """How many of each were found and mended."""

    uploads: int
    captures: int
    started: int
    ended: int
    drains: int
    refused: int


def run(
    *,
    registry: Registry,
    wheel: Wheel,
    drains: Drains,
    arrivals: Arrivals,
    profiles: Profiles,
    captures: Objects,
    deliveries: Deliveries,
    clock: Clock,
) -> Found:
    """Mend what is older than two minutes; run twice, the second finds nothing."""
    came = arrivals.since(clock.now() - LOOKED_BACK)
    lost = [each for each in came if _lost(each, registry, clock)]
    for arrival in lost:
        arrivals.announce(arrival)
    uncounted = unfolded(profiles, captures, clock.now() - UNCOUNTED, clock.now())[:AT_ONCE]
    for key in uncounted:
        deliveries.announce(key)
    listed = registry.page(Query(Noun.RUN, state="open", limit=LISTED)).items
    runs = [each for each in reversed(listed) if isinstance(each, Run)]  # the older first: its end lets the other start
    mended = [_mend(run, registry, wheel, clock) for run in runs if clock.now() - run.since > YOUNG]
    heads = list(every(registry, Query(Noun.MODEL), Head))
    late = [_retire(head.model, registry, drains, clock.now()) for head in heads]
    places = frozenset(arrival.place.key for arrival in came)
    refused = [_refuse(head.model, places, registry, clock.now()) for head in heads]
    return Found(
        uploads=len(lost),
        captures=len(uncounted),
        started=mended.count("started"),
        ended=mended.count("ended"),
        drains=sum(late),
        refused=sum(refused),
    )


def _lost(arrival: Arrival, registry: Registry, clock: Clock) -> bool:
    """Whether no run, and no stray record, knows this object."""
    if clock.now() - arrival.at < YOUNG:
        return False
    try:
        upload = Ref(Noun.UPLOAD, arrival.place.upload)
        known = registry.model(model_of(arrival.place.key), upload).items.get(upload)
        return not isinstance(known, Upload) or known.status is not UploadStatus.RECEIVED
    except (NameRefused, NotFound):
        return False  # a stray: trigger's dead letters tell of those


def _mend(listed: Run, registry: Registry, wheel: Wheel, clock: Clock) -> str:
    """The list may lag, so the run is read again before anything is decided."""
    model = registry.model(listed.model, Ref(Noun.RUN, listed.id))
    run = model.run(listed.id)
    if run.status is RunStatus.QUEUED:
        return _start(model, run, registry, wheel, clock)
    execution = wheel.execution(run.id)
    if execution.state is State.MISSING and run.open:
        wheel.start(run)
        return "started"
    if execution.over and run.open:
        status, reason = execution.end()
        order = Order(command_id(run.id, "close"), by="treadle:sweep", reason=reason.detail or reason.code)
        registry.commit(model.end(order, run.id, status, reason, clock.now()))
        return "ended"
    return ""


def _start(model: Model, run: Run, registry: Registry, wheel: Wheel, clock: Clock) -> str:
    """Start a queued run whose turn has come."""
    if not model.head.may_start(clock.now()):
        return ""
    order = Order(command_id(run.id, "start"), by="treadle:sweep", reason="its turn has come")
    registry.commit(model.start_queued(order, run.id, clock.now()))
    wheel.start(registry.model(model.name, Ref(Noun.RUN, run.id)).run(run.id))
    return "started"


def _retire(name: str, registry: Registry, drains: Drains, now: datetime) -> int:
    """Have what should have gone retired at once, whatever became of the execution that waited for it; how many."""
    arms = registry.model(name).serving.arms
    late = [(arm, arm.since) for arm in arms if arm.since and arm.sunset and now - arm.sunset > OVERDUE]
    for arm, since in late:
        drains.start(name, arm.version, since, now)
    return len(late)


def _refuse(name: str, came: frozenset[str], registry: Registry, now: datetime) -> int:
    """Wait no longer for files that were announced a day ago; how many. The list may lag, so each is read again."""
    expected = Query(Noun.UPLOAD, name, UploadStatus.EXPECTED, since=now - GIVEN_UP, limit=LISTED)
    absent = [each for each in every(registry, expected, Upload) if each.place.key not in came]
    late = [each.id for each in absent if now - each.at > WAITED]
    for upload in late:
        order = Order(command_id(upload, "refuse"), by="treadle:sweep", reason=NEVER_CAME.detail)
        model = registry.model(name, Ref(Noun.UPLOAD, upload), Ref(Noun.COMMAND, order.id))
        if model.upload(upload).status is UploadStatus.EXPECTED:
            registry.commit(model.refuse(order, upload, NEVER_CAME, now))
    return len(late)
