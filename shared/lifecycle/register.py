"""Register: an accepted candidate becomes a version, with its number, lineage and model card, or is one again."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from math import ceil

from shared.documents.card import CardFacts, card
from shared.domain import places, record
from shared.domain.change import Change, Fact, Noun, Ref
from shared.domain.model import Model
from shared.domain.order import Order, step_order
from shared.domain.run import BeginAt, Step
from shared.domain.scores import Measure
from shared.domain.spec.deploy import Approval
from shared.domain.stage import Stage
from shared.domain.version import Version
from shared.ports.clock import Clock
from shared.ports.objects import Objects
from shared.ports.registry import Registry

LATER = timedelta(seconds=15)
"""The machine waits longer than the approval is open: it is the registry's clock that decides."""


class Asks(StrEnum):
    """Whether somebody must agree before anything is deployed."""

    NONE = "none"
    ASKED = "asked"


@dataclass(frozen=True, slots=True)
class Request:
    """The run's candidate, and what it was made of."""

    model: str
    run: str
    spec: int
    dataset: str
    artifact: str


@dataclass(frozen=True, slots=True)
class Result:
    """The number it got, whether its spec asks for approval, and for how many seconds the machine then waits."""

    version: int
    approval: Asks
    wait_s: int


def run(request: Request, *, registry: Registry, artifacts: Objects, clock: Clock) -> Result:
    """Give the candidate its number, once; a restored version keeps its own. Raises Superseded."""
    began = clock.ticks()
    order = step_order(request.run, "register", "it passed every gate")
    model = registry.model(request.model, *_read(request, order, registry))
    facts = record.read(CardFacts, artifacts.read(places.evaluation(request.model, request.run)))
    leading = next(measure for measure in facts.scores.measures if measure.name == facts.scores.metric)
    now = clock.now()
    admit = ADMIT[model.run(request.run).begin_at]
    number = registry.commit(admit(model, request, order, leading, now)).version or 0
    artifacts.write(places.card(request.model, request.run), card(replace(facts, version=number)).encode())
    outcome = f"version {number}, {leading.name} {leading.value:.3f} [{leading.low:.3f}, {leading.high:.3f}]"
    refs = (("version", str(number)),)
    step = Step(request.model, request.run, "register", now, clock.ticks() - began, outcome, refs)
    registry.commit(Fact(step, fence=request.run))
    return _result(number, model.spec(request.spec).spec.deploy.approval)


def _result(number: int, asked: Approval | None) -> Result:
    if asked is None:
        return Result(number, Asks.NONE, 0)
    return Result(number, Asks.ASKED, ceil((asked.within + LATER).total_seconds()))


def _read(request: Request, order: Order, registry: Registry) -> tuple[Ref, ...]:
    """What is decided from: the run, its data version, and the version that it is about where there is one."""
    refs = (
        Ref(Noun.COMMAND, order.id),
        Ref(Noun.DATASET, request.dataset),
        Ref(Noun.RUN, request.run),
        Ref(Noun.SPEC, request.spec),
    )
    about = registry.model(request.model, Ref(Noun.RUN, request.run)).run(request.run).version
    return (*refs, Ref(Noun.VERSION, about)) if about else refs


def _numbered(model: Model, request: Request, order: Order, leading: Measure, at: datetime) -> Change:
    """A version that is new."""
    version = Version(
        request.model,
        0,
        request.artifact,
        request.run,
        request.dataset,
        request.spec,
        leading.name,
        leading.value,
        at,
        order.by,
        model.dataset(request.dataset).learned_until,
        Stage.CANDIDATE,
        at,
    )
    return model.register(order, version)


def _again(model: Model, request: Request, order: Order, _: Measure, at: datetime) -> Change:
    """The version that the run is about; what it is has not changed."""
    return model.readmit(order, model.run(request.run).version, at)


ADMIT: Mapping[BeginAt, Callable[[Model, Request, Order, Measure, datetime], Change]] = {
    BeginAt.DATA: _numbered,
    BeginAt.SCORE: _again,
}
"""By where the run began; a drill's copy is never registered."""
