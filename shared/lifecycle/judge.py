"""Judge: whether a version that is tried beside the champion does harm: more failures, or answers nobody can use.

What is read is what was captured, as far as it has been counted: the judge goes by the watermark, not by the clock.
Only failures make harm; a version that answers otherwise than the champion is told of, for a better one must.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from enum import StrEnum

from shared.domain import bake, places, record, turn
from shared.domain.change import Fact, Noun, Ref
from shared.domain.hour import Counted
from shared.domain.model import Model
from shared.domain.order import step_order
from shared.domain.replay import Replay
from shared.domain.run import BeginAt, Step
from shared.domain.serving import Arm, Role, champion
from shared.domain.spec.deploy import Judge
from shared.domain.spec.deploy import Step as RolloutStep
from shared.ports.clock import Clock
from shared.ports.objects import Objects
from shared.ports.profiles import Profiles, watermark
from shared.ports.registry import Registry
from shared.statistics.eprocess import Evidence, Failures, grown, rows_to_show


class Outcome(StrEnum):
    """go_on: look again. next: the step after this one. promote: this was the last. roll_back: take it back.

    unnoticed: take it back, for it was a drill's copy that breaks, and no harm was seen.
    """

    GO_ON = "go_on"
    NEXT = "next"
    PROMOTE = "promote"
    ROLL_BACK = "roll_back"
    UNNOTICED = "unnoticed"


@dataclass(frozen=True, slots=True)
class Seen:
    """What the looks so far have come to; `read_ms` is the watermark of the last one (0: nothing was captured yet)."""

    evidence: Evidence = field(default_factory=Evidence)
    read_ms: int = 0


@dataclass(frozen=True, slots=True)
class Request:
    """Which version at which step of which run, as deploy answered, and what was seen before."""

    model: str
    run: str
    spec: int
    version: int
    step: int
    revision: int
    until_ms: int
    seen: Seen = Seen()


@dataclass(frozen=True, slots=True)
class Result:
    """What is to be done, why in one sentence, and what the next look goes on from."""

    outcome: Outcome
    detail: str
    seen: Seen


@dataclass(frozen=True, slots=True)
class Case:
    """What is judged: the step, by which rules, which is the last of its rollout, at this instant."""

    request: Request
    model: Model
    step: RolloutStep
    rules: Judge
    last: bool
    begin_at: BeginAt
    now: datetime

    @property
    def onward(self) -> Outcome:
        """What follows when all is well; a drill promotes nothing."""
        if self.begin_at is BeginAt.DRILL:
            return Outcome.UNNOTICED
        return Outcome.PROMOTE if self.last else Outcome.NEXT

    @property
    def unsure(self) -> Outcome:
        """What too little traffic leads to: no promotion on silence, unless the spec says so."""
        if self.rules.unsure == "roll_back" and self.begin_at is not BeginAt.DRILL:
            return Outcome.ROLL_BACK
        return self.onward

    @property
    def ends(self) -> datetime:
        """When the step has lasted as long as it should."""
        return datetime.fromtimestamp(self.request.until_ms / 1000, UTC)


def run(
    request: Request, *, registry: Registry, profiles: Profiles, captures: Objects, artifacts: Objects, clock: Clock
) -> Result:
    """Look once; what is decided is recorded with the run. Raises Superseded when the run no longer runs."""
    began = clock.ticks()
    model = registry.model(request.model, Ref(Noun.SPEC, request.spec), Ref(Noun.RUN, request.run))
    turn.must_run(model.head, step_order(request.run, "judge", "it was tried"))
    spec, of = model.spec(request.spec).spec, model.run(request.run)
    steps = bake.steps(of, spec)
    last = request.step + 1 == len(steps)
    case = Case(request, model, steps[request.step], spec.deploy.judge, last, of.begin_at, clock.now())
    result = _named(_shadow(case, artifacts) if case.step.shadow else _canary(case, profiles, captures))
    if result.outcome is not Outcome.GO_ON:
        name, took = bake.named("judge", request.step), clock.ticks() - began
        step = Step(request.model, request.run, name, clock.now(), took, f"{result.outcome}: {result.detail}")
        registry.commit(Fact(step, fence=request.run))
    return result


def _named(result: Result) -> Result:
    """What was seen, under the name that it has where it is bad news."""
    if result.outcome is not Outcome.UNNOTICED:
        return result
    return replace(result, detail=f"the drill was not noticed: {result.detail}")


def _shadow(case: Case, artifacts: Objects) -> Result:
    """By what the replay of captured rows has come to; a canary may follow silence, nothing else."""
    replay = record.read(Replay, artifacts.read(places.replay(case.request.model, case.request.run)))
    seen, version = case.request.seen, case.request.version
    if not replay.rows:
        return Result(case.unsure if case.last else case.onward, "no row was captured, so nothing was replayed", seen)
    said = f"version {version} failed {replay.failed:,} of {replay.rows:,} replayed rows that the champion answers"
    harmed = replay.failed_share > case.rules.worse_by
    return Result(Outcome.ROLL_BACK if harmed else case.onward, said, seen)


def _canary(case: Case, profiles: Profiles, captures: Objects) -> Result:
    """By the rows that were dealt to either arm since the step began."""
    before = case.request.seen
    mark = watermark(profiles, captures, case.request.model, case.now).arrived
    read_ms = round(mark.timestamp() * 1000) if mark else 0
    over = case.now >= (case.ends if read_ms >= case.request.until_ms else bake.given_up(case.step, case.ends))
    if read_ms == before.read_ms and not over:
        return Result(Outcome.GO_ON, "nothing new was captured", before)
    usual, tried = _tallied(case, profiles)
    rules = case.rules
    evidence = grown(before.evidence, _failures(usual), _failures(tried), rules.worse_by)
    seen, said = Seen(evidence, read_ms), _compared(case, usual, tried)
    if evidence.alarms(rules.worse_by, rules.false_alarms):
        return Result(Outcome.ROLL_BACK, said, seen)
    if not over:
        return Result(Outcome.GO_ON, said, seen)
    return _ended(case, _failures(usual), _failures(tried), Result(case.onward, said, seen))


def _ended(case: Case, usual: Failures, tried: Failures, well: Result) -> Result:
    """The step is over and no harm was shown: enough rows that look well are good news, silence is none."""
    rules, rows = case.rules, usual.rows + tried.rows
    needed = rows_to_show(rules.worse_by, usual.expected, case.step.share or 0.0, rules.false_alarms)
    if rows >= needed and tried.rate - usual.rate < rules.worse_by:
        return replace(well, detail=f"{well.detail}; {rows:,} rows would have shown {rules.worse_by:.1%} more")
    detail = f"not enough evidence, {rows:,} rows where {needed:,} would do: {well.detail}"
    return replace(well, outcome=case.unsure, detail=detail)


def _tallied(case: Case, profiles: Profiles) -> tuple[Counted, Counted]:
    """What champion and challenger were dealt since the step began, whatever else was decided about the model since."""
    serving = case.model.serving
    revisions = range(case.request.revision, serving.revision + 1)
    tallies = [tally for revision in revisions for tally in profiles.tallies(case.request.model, revision)]
    names = champion(serving).name, Arm(case.request.version, Role.CHALLENGER, 0.0, "").name
    usual, tried = (_summed(tally.arms.get(name) for tally in tallies) for name in names)
    return usual, tried


def _summed(parts: Iterable[Counted | None]) -> Counted:
    counted = [part for part in parts if part]
    return Counted(*(sum(getattr(part, name) for part in counted) for name in ("rows", "failed", "positive")))


def _failures(of: Counted) -> Failures:
    return Failures(of.rows, of.failed)


def _compared(case: Case, usual: Counted, tried: Counted) -> str:
    """Both arms in one sentence; what they called positive is told where anything was."""
    number = champion(case.model.serving).version
    named = f"version {case.request.version}" if case.request.version != number else "its broken copy"
    arms = ((named, tried), (f"version {number}", usual))
    failed = [f"{name} failed {arm.failed:,} of {arm.rows:,} rows" for name, arm in arms]
    if not (usual.positive or tried.positive):
        return ", ".join(failed)
    shares = [f"{arm.positive / max(arm.rows - arm.failed, 1):.0%}" for arm in (tried, usual)]
    return f"{', '.join(failed)}; positive were {shares[0]} and {shares[1]}"
