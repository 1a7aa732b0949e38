"""Policy: what follows from a finding, as the spec says: tell, retrain, or go back to the version before."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

from shared.domain.change import Noun, Ref
from shared.domain.errors import StageConflict
from shared.domain.finding import Figure, Finding, Kind
from shared.domain.model import Model
from shared.domain.order import Order, command_id
from shared.domain.run import Cause, CauseKind
from shared.domain.spec import Spec
from shared.ports.clock import Clock
from shared.ports.drains import Drains, drain
from shared.ports.ids import Ids
from shared.ports.profiles import Profiles
from shared.ports.registry import Registry
from shared.ports.wheel import Wheel, free, set_off

BY = "treadle:monitor"
_A_TENTH = 10
_AHEAD = timedelta(days=3650)
"""Events may be of a time that is still to come; ten years are enough."""
_FIGURES_SAID = 3
_EPOCH = datetime.fromtimestamp(0, UTC)


@dataclass(frozen=True, slots=True)
class Desk:
    """What a reaction needs."""

    registry: Registry
    profiles: Profiles
    wheel: Wheel
    drains: Drains
    clock: Clock
    ids: Ids


@dataclass(frozen=True, slots=True)
class Case:
    """A finding, before anything follows from it."""

    desk: Desk
    finding: Finding
    spec: Spec

    def but(self, reaction: str, why: str) -> Finding:
        """Another reaction than the spec's, and why."""
        return replace(self.finding, reaction=reaction, detail=f"{self.finding.detail}; {why}")


@dataclass(frozen=True, slots=True)
class Fresh:
    """Outcomes that came since the last data version, and how many a retrain needs."""

    outcomes: int
    needed: int

    @property
    def enough(self) -> bool:
        """Whether there is something to learn from."""
        return self.outcomes >= self.needed

    @property
    def said(self) -> str:
        """Why no run was started."""
        return f"no retraining: {self.outcomes:,} new outcomes since the last data, {self.needed:,} are needed"


def react(desk: Desk, finding: Finding, spec: Spec) -> Finding:
    """The finding with what follows from it; run twice, it comes to the same. Raises Conflict (try again)."""
    chosen = spec.monitor.on_drop if finding.kind is Kind.DROP else spec.monitor.on_drift
    said = replace(finding, reaction=chosen, detail=sentence(finding))
    return _REACTIONS[chosen](Case(desk, said, spec))


def _tell(case: Case) -> Finding:
    return case.finding


def _retrain(case: Case) -> Finding:
    """A run on what has come in, where there is enough of it."""
    desk, finding = case.desk, case.finding
    order = Order(command_id(finding.id, "retrain"), BY, finding.detail)
    model = desk.registry.model(finding.model, Ref(Noun.COMMAND, order.id))
    fresh = new_outcomes(desk, model, case.spec)
    if not model.commands and not fresh.enough:
        return case.but("no_new_outcomes", fresh.said)
    return replace(finding, run=begin(desk, model, order, Cause(CauseKind.FINDING, finding.id)))


def _roll_back(case: Case) -> Finding:
    """The version before answers again, whatever runs; without one there is nothing but to tell."""
    desk, finding = case.desk, case.finding
    order = Order(command_id(finding.id, "rollback"), BY, finding.detail)
    model = desk.registry.model(finding.model, Ref(Noun.COMMAND, order.id))
    try:
        receipt = desk.registry.commit(model.rollback(order, desk.clock.now()))
    except StageConflict:
        return case.but("tell", "no version drains that could answer again")
    drain(desk.drains, desk.registry.model(finding.model).serving)
    free(desk.wheel, model.head, receipt)
    return finding


_REACTIONS: Mapping[str, Callable[[Case], Finding]] = {"tell": _tell, "retrain": _retrain, "roll_back": _roll_back}


def begin(desk: Desk, model: Model, order: Order, cause: Cause) -> str:
    """Begin a run for this cause, once, and start it where it runs; its id."""
    receipt = desk.registry.commit(model.begin(order, cause, desk.ids.new("run"), desk.clock.now()))
    set_off(desk.wheel, desk.registry, receipt)
    return receipt.run or ""


def new_outcomes(desk: Desk, model: Model, spec: Spec) -> Fresh:
    """Outcomes of events after the newest row of the last data version, and a tenth of `checks.rows.min`."""
    needed = -(-spec.data.checks.rows.min // _A_TENTH)
    known = model.head.dataset
    last = desk.registry.model(model.name, Ref(Noun.DATASET, known)).dataset(known).last_at if known else None
    since, until = last or _EPOCH, desk.clock.now() + _AHEAD
    versions = {arm.version for arm in model.serving.arms}
    hours = [hour for each in versions for hour in desk.profiles.hours(model.name, each, since, until)]
    return Fresh(sum(hour.outcomes for hour in hours), needed)


def sentence(finding: Finding) -> str:
    """What was seen, in one sentence: the window, then the figures that moved furthest."""
    what = "the answers became worse" if finding.kind is Kind.DROP else "the rows changed"
    beyond = sorted(finding.figures, key=lambda figure: -figure.score)[:_FIGURES_SAID]
    figures = "; ".join(_said(figure) for figure in beyond)
    return f"{_moment(finding.begins)} to {_moment(finding.ends)} {what}: {figures}"


def _said(figure: Figure) -> str:
    name = f"{figure.subject} {figure.statistic}"
    return f"{name} {figure.value:.3f} (usually {figure.usual:.3f}, alarm at {figure.threshold:.3f})"


def _moment(at: datetime) -> str:
    return f"{at.day} {at:%B %H:%M}"
