"""Runs: those that are open in the registry and not in Step Functions, and the other way round.

Lists may lag, so that each run is read again before anything is decided.
"""

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

from shared.domain.change import Noun, Ref
from shared.domain.errors import Conflict, NotFound
from shared.domain.execution import State
from shared.domain.order import Order, command_id
from shared.domain.run import Run, RunStatus
from shared.ports.clock import Clock
from shared.ports.registry import OPEN, Query, Registry, every
from shared.ports.wheel import Wheel, set_off_queued

YOUNG = timedelta(minutes=2)
"""A run that changed less long ago may still be told of."""


class Mend(StrEnum):
    """What was done about a run."""

    NOTHING = "nothing"
    STARTED = "started"
    ENDED = "ended"
    STOPPED = "stopped"


@dataclass(frozen=True, slots=True)
class Found:
    """How many runs were started or ended, and how many executions were stopped."""

    started: int
    ended: int
    stopped: int


def run(*, registry: Registry, wheel: Wheel, clock: Clock) -> Found:
    """Bring runs and executions together, the older first: the end of one lets the next one start."""
    executions = wheel.running()  # before the runs are listed: one that begins in between is in that list
    listed = list(every(registry, Query(Noun.RUN, state=OPEN), Run))
    old = [run for run in reversed(listed) if clock.now() - run.since > YOUNG]
    unlisted = sorted(executions - {run.id for run in listed})
    done = [_mended(run, registry, wheel, clock) for run in old]
    done += [_stopped(run, registry, wheel, clock) for run in unlisted]
    return Found(done.count(Mend.STARTED), done.count(Mend.ENDED), done.count(Mend.STOPPED))


def _mended(listed: Run, registry: Registry, wheel: Wheel, clock: Clock) -> Mend:
    try:
        return _mend(listed, registry, wheel, clock)
    except Conflict:  # somebody who was faster has decided about the run; what is amiss then, the next sweep finds
        return Mend.NOTHING


def _mend(listed: Run, registry: Registry, wheel: Wheel, clock: Clock) -> Mend:
    model = registry.model(listed.model, Ref(Noun.RUN, listed.id))
    run = model.run(listed.id)
    if run.status is RunStatus.QUEUED:
        started = set_off_queued(wheel, registry, model, by="treadle:sweep", at=clock.now())
        return Mend.STARTED if started else Mend.NOTHING
    execution = wheel.execution(run.id)
    if execution.state is State.MISSING and run.open:
        wheel.start(run)
        return Mend.STARTED
    if execution.over and run.open:
        status, reason = execution.end()
        order = Order(command_id(run.id, "close"), by="treadle:sweep", reason=reason.detail or reason.code)
        registry.commit(model.end(order, run.id, status, reason, clock.now()))
        return Mend.ENDED
    return Mend.NOTHING


def _stopped(run: str, registry: Registry, wheel: Wheel, clock: Clock) -> Mend:
    """Stop an execution whose run has ended: somebody decided so, and the stop was lost."""
    name = wheel.model(run)
    try:
        known = registry.model(name, Ref(Noun.RUN, run)).run(run)
    except NotFound:  # started by hand, and not ours to stop
        return Mend.NOTHING
    if known.open or clock.now() - known.since <= YOUNG:
        return Mend.NOTHING
    wheel.stop(run, f"its run has ended: {known.reason.code}")
    return Mend.STOPPED
