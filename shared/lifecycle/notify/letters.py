"""Letters: which events people are written about, who is, and where the facts of each letter are."""

from collections.abc import Callable, Mapping
from dataclasses import replace

from shared.documents.happening import (
    ApprovalAsked,
    DrillUnnoticed,
    Happening,
    RolledBack,
    RunFailed,
    RunRejected,
    VersionPromoted,
    VersionReinstated,
    VersionRetired,
)
from shared.domain import places, record
from shared.domain.change import Audit, Noun, Ref
from shared.domain.event import Event
from shared.domain.notice import Audience
from shared.domain.retirement import Retirement
from shared.domain.run import BeginAt, Run, Step
from shared.domain.stage import Stage
from shared.lifecycle.notify.case import Case

OWNERS = (Audience.OWNERS,)
DECIDING = (Audience.OWNERS, Audience.APPROVERS)
EVERYBODY = (Audience.OWNERS, Audience.ON_CALL)
SAID_BY: Mapping[str, str] = {"not_approved": "approve", "approval_expired": "approve"}
"""Reason of a run's end → who gave it, where it is not the step that was done last."""

TRIED = frozenset({"replay", "judge"})
"""The steps of a run that say how a version did beside the champion; later rounds have a number behind a dash."""


def _rejected(case: Case) -> Happening:
    event, run, steps = case.event, case.run(), case.steps(case.event.subject)
    if event.data.code == "rolled_back":
        return _taken_back(case)
    last = steps[-1] if steps else Step(run.model, run.id, "data", run.since, 0.0, "")
    step = SAID_BY.get(event.data.code, last.name)
    told = RunRejected(event.model, run.id, step, event.data.code, event.data.detail, serving=case.serving())
    if last.name == "evaluate" and (judged := case.judged(run.id)):
        return replace(told, findings=judged[0].verdict.reasons, champion=judged[0].unbeaten)
    bad = len({reject.line for reject in last.rejects})
    return replace(told, file=_file(case, run), rejected=bad, rejects=last.rejects)


def _taken_back(case: Case) -> Happening:
    event, run = case.event, case.run()
    tried, drill = case.moved(Stage.REJECTED) or run.version, run.begin_at is BeginAt.DRILL
    return RolledBack(event.model, run.id, tried, event.data.detail, drill, case.serving())


def _file(case: Case, run: Run) -> str:
    """The newest upload that the run read."""
    if not run.uploads:
        return ""
    latest = Ref(Noun.UPLOAD, run.uploads[-1])
    return case.registry.model(run.model, latest).upload(str(latest.id)).place.key


def _failed(case: Case) -> Happening:
    event, steps = case.event, case.steps(case.event.subject)
    if event.data.code == "drill_unnoticed":
        return DrillUnnoticed(event.model, event.subject, case.run().version, event.data.detail)
    last = steps[-1].name if steps else "data"
    return RunFailed(event.model, event.subject, last, event.data.code, event.data.detail, case.serving())


def _promoted(case: Case) -> Happening:
    event, number, replaced = case.event, int(case.event.subject), case.moved(Stage.DRAINING)
    version = case.registry.model(event.model, Ref(Noun.VERSION, number)).version(number)
    run = case.audit.receipt.run or version.run
    verdicts = (sentence for each in case.judged(run) for sentence in (*each.verdict.reasons, *each.gains))
    trials = (step.outcome for step in case.steps(run) if step.name.partition("-")[0] in TRIED)
    findings, sunset = (*verdicts, *trials), case.sunset(replaced)
    return VersionPromoted(event.model, number, event.by, event.reason, event.at, replaced, findings, sunset)


def _reinstated(case: Case) -> Happening:
    event, replaced = case.event, case.moved(Stage.DRAINING)
    sunset = case.sunset(replaced)
    return VersionReinstated(event.model, int(event.subject), event.by, event.reason, event.at, replaced, sunset)


def _retired(case: Case) -> Happening:
    key = places.retirement(case.event.model, int(case.event.subject), case.audit.receipt.id)
    return VersionRetired(record.read(Retirement, case.artifacts.read(key)))


def _asked(case: Case) -> Happening:
    asked = case.approval()
    verdicts = (sentence for each in case.judged(asked.run) for sentence in (*each.verdict.reasons, *each.gains))
    may, barred = asked.asks, asked.started_by
    return ApprovalAsked(
        asked.model, asked.run, asked.version, may, barred, asked.until, tuple(verdicts), case.serving()
    )


Write = Callable[[Case], Happening]

LETTERS: Mapping[str, tuple[tuple[Audience, ...], Write]] = {
    "run.paused": (DECIDING, _asked),
    "run.rejected": (OWNERS, _rejected),
    "run.failed": (OWNERS, _failed),
    "run.cancelled": (OWNERS, _taken_back),
    "version.promoted": (OWNERS, _promoted),
    "version.reinstated": (EVERYBODY, _reinstated),
    "version.retired": (OWNERS, _retired),
}
"""The events of decisions that people are written about, and who is; the others are for programs."""

ONLY_BY: Mapping[str, str] = {"run.cancelled": "take_back"}
"""Events that people are written about only where this was decided; else another letter says it, or who did it knows.

A run that a person overtook took nothing back itself: what it tried was taken back in its place.
"""


def are_written(event: Event, audit: Audit) -> bool:
    """Whether people are written about this event of this decision."""
    return event.type in LETTERS and ONLY_BY.get(event.type, audit.receipt.action) == audit.receipt.action
