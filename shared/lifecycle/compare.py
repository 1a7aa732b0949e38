"""Compare: what was made once more answers the golden rows of the version that it was made after."""

from dataclasses import dataclass

from shared.domain import places, record
from shared.domain.artifact import Manifest
from shared.domain.change import Fact, Noun, Ref
from shared.domain.errors import NotFound
from shared.domain.order import step_order
from shared.domain.reason import Reason
from shared.domain.reproduction import ENDS, Reproduction, erased
from shared.domain.run import Step
from shared.domain.stage import Stage
from shared.domain.version import Version
from shared.engines import scoring
from shared.ports.artifacts import load, manifest
from shared.ports.clock import Clock
from shared.ports.objects import Objects
from shared.ports.registry import Registry


@dataclass(frozen=True, slots=True)
class Request:
    """Which run made which artifact after which version."""

    model: str
    run: str
    version: int
    artifact: str


@dataclass(frozen=True, slots=True)
class Result:
    """reproduced or not_reproduced, and why in one sentence."""

    outcome: str
    detail: str


def run(request: Request, *, registry: Registry, artifacts: Objects, clock: Clock) -> Result:
    """Hold the two against one another; the run ends with what they came to. Raises ArtifactRefused, Superseded."""
    began = clock.ticks()
    reason = _reason(request, registry, artifacts)
    outcome = f"{reason.code}: {reason.detail}"
    step = Step(request.model, request.run, "compare", clock.now(), clock.ticks() - began, outcome)
    registry.commit(Fact(step, fence=request.run))
    order = step_order(request.run, "compare", reason.detail)
    model = registry.model(request.model, Ref(Noun.COMMAND, order.id))
    registry.commit(model.end(order, request.run, ENDS[reason.code], reason, clock.now()))
    return Result(reason.code, reason.detail)


def _reason(request: Request, registry: Registry, artifacts: Objects) -> Reason:
    """What they came to; a version that was purged meanwhile is held against nothing."""
    version = _version(request, registry)
    if version.stage is Stage.PURGED:
        return erased(version.number)
    try:
        return _compared(request, manifest(artifacts, version.artifact), artifacts).reason
    except NotFound:
        if _version(request, registry).stage is Stage.PURGED:
            return erased(version.number)
        raise


def _version(request: Request, registry: Registry) -> Version:
    return registry.model(request.model, Ref(Noun.VERSION, request.version)).version(request.version)


def _compared(request: Request, then: Manifest, artifacts: Objects) -> Reproduction:
    """The artifact of now answers by the code that serves; what the run says of it is kept with the run.

    Equal bytes are one object, whose manifest tells of the first run that made them.
    """
    body = load(artifacts, request.artifact).body
    now = record.read(Manifest, artifacts.read(places.fit(request.model, request.run, "manifest.json")))
    return Reproduction(then, now, scoring.golden_gap(scoring.Scorer(body, then.signature), then.golden))
