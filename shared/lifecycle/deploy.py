"""Deploy: how a registered version takes over."""

from dataclasses import dataclass
from enum import StrEnum

from shared.domain.change import Fact, Noun, Ref
from shared.domain.run import Step
from shared.ports.clock import Clock
from shared.ports.registry import Registry


class Way(StrEnum):
    """all_at_once: nothing serves yet, or the spec has no steps. hold: it waits for `treadle promote`."""

    ALL_AT_ONCE = "all_at_once"
    HOLD = "hold"


SAID = {
    Way.ALL_AT_ONCE: "version {version} takes over at once",
    Way.HOLD: "version {version} waits: treadle promote {model} {version}",
}


@dataclass(frozen=True, slots=True)
class Request:
    """Which version, by which run and its pinned spec."""

    model: str
    run: str
    spec: int
    version: int


@dataclass(frozen=True, slots=True)
class Result:
    """The way it goes."""

    way: Way


def run(request: Request, *, registry: Registry, clock: Clock) -> Result:
    """Choose the way; the states after this one go it. Raises Superseded."""
    began = clock.ticks()
    model = registry.model(request.model, Ref(Noun.SPEC, request.spec))
    steps = model.spec(request.spec).spec.deploy.steps
    way = Way.HOLD if model.serving.champion and steps else Way.ALL_AT_ONCE
    outcome = SAID[way].format(model=request.model, version=request.version)
    step = Step(request.model, request.run, "deploy", clock.now(), clock.ticks() - began, outcome)
    registry.commit(Fact(step, fence=request.run))
    return Result(way)
