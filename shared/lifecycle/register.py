"""Register: an accepted candidate becomes a version, with its number, lineage and model card."""

from dataclasses import dataclass, replace

from shared.documents.card import CardFacts, card
from shared.domain import places, record
from shared.domain.change import Fact, Noun, Ref
from shared.domain.order import step_order
from shared.domain.run import Step
from shared.domain.stage import Stage
from shared.domain.version import Version
from shared.ports.clock import Clock
from shared.ports.objects import Objects
from shared.ports.registry import Registry


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
    """The number it got."""

    version: int


def run(request: Request, *, registry: Registry, artifacts: Objects, clock: Clock) -> Result:
    """Give the candidate its number, once; raises Superseded."""
    began = clock.ticks()
    order = step_order(request.run, "register", "it passed every gate")
    model = registry.model(request.model, Ref(Noun.COMMAND, order.id), Ref(Noun.DATASET, request.dataset))
    facts = record.read(CardFacts, artifacts.read(places.evaluation(request.model, request.run)))
    scores = facts.scores
    leading = next(measure for measure in scores.measures if measure.name == scores.metric)
    now = clock.now()
    version = Version(
        request.model,
        0,
        request.artifact,
        request.run,
        request.dataset,
        request.spec,
        scores.metric,
        leading.value,
        now,
        order.by,
        model.dataset(request.dataset).learned_until,
        Stage.CANDIDATE,
        now,
    )
    number = registry.commit(model.register(order, version)).version or 0
    artifacts.write(places.card(request.model, request.run), card(replace(facts, version=number)).encode())
    outcome = f"version {number}, {scores.metric} {leading.value:.3f} [{leading.low:.3f}, {leading.high:.3f}]"
    refs = (("version", str(number)),)
    step = Step(request.model, request.run, "register", now, clock.ticks() - began, outcome, refs)
    registry.commit(Fact(step, fence=request.run))
    return Result(number)
