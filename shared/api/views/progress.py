"""Progress: which verb of the wheel a run is at, and what a queued one waits for."""

from collections.abc import Mapping, Sequence

from shared.domain.head import Head
from shared.domain.reason import Reason
from shared.domain.run import BeginAt, Run, RunStatus, Step

AFTER: Mapping[str, str] = {
    "data": "train",
    "train": "score",
    "drill": "deploy",
    "compare": "compare",
    "score": "evaluate",
    "evaluate": "register",
    "register": "deploy",
    "approve": "deploy",
    "deploy": "judge",
    "replay": "judge",
    "judge": "deploy",
    "promote": "promote",
}
"""Verb that is done → the verb that the run is at; a rollout comes by deploy and judge once a step: deploy-2."""

AFTER_REFIT: Mapping[BeginAt, str] = {BeginAt.TRAIN: "compare"}
"""The verb after train of a run that does not go on to score: a version that was reproduced is held against itself."""

JUDGED: Mapping[str, str] = {"promote": "promote", "roll_back": "rollback", "unnoticed": "rollback"}
"""What the judge said → the verb that does it."""

FIRST: Mapping[BeginAt, str] = {
    BeginAt.DATA: "data",
    BeginAt.TRAIN: "train",
    BeginAt.SCORE: "score",
    BeginAt.DRILL: "drill",
}
"""The verb that a run begins with: a drill's breaks a copy of the champion."""

ENDED_AT: Mapping[str, str] = {
    "data_rejected": "data",
    "search_failed": "train",
    "gate_failed": "evaluate",
    "not_approved": "approve",
    "approval_expired": "approve",
    "reproduced": "compare",
    "not_reproduced": "compare",
    "registered": "deploy",
    "promoted": "promote",
    "rolled_back": "judge",
    "drill_unnoticed": "judge",
}
"""Reason → the verb that gave it; other ends came from outside, at whichever verb it was."""

_NOWHERE = frozenset({RunStatus.QUEUED, RunStatus.SUPERSEDED})


def needs_steps(of: Run) -> bool:
    """Whether only its steps tell which verb the run is at, or was at when it ended."""
    return of.reason.code not in ENDED_AT and of.status not in _NOWHERE


def at(of: Run, steps: Sequence[Step]) -> str | None:
    """The verb that gave the reason, else the one after the last that is done; what never began is at none.

    Steps come in the order in which they were done.
    """
    if of.status in _NOWHERE:
        return None
    if of.status is RunStatus.WAITING:
        return "approve"
    return ENDED_AT.get(of.reason.code) or (_after(steps[-1], of) if steps else FIRST[of.begin_at])


def _after(last: Step, of: Run) -> str:
    """The verb that follows what was done last."""
    verb = last.name.partition("-")[0]
    if verb == "train" and of.begin_at in AFTER_REFIT:
        return AFTER_REFIT[of.begin_at]
    judged = JUDGED.get(last.outcome.partition(":")[0]) if verb == "judge" else None
    return judged or AFTER[verb]


def waits(of: Run, head: Head) -> Reason:
    """Its reason; of a run that is queued or waiting, what it waits for."""
    if of.status is RunStatus.WAITING:
        return Reason("waits_for_approval", f"somebody decides: treadle approve {of.model} {of.id}, or reject")
    if of.status is not RunStatus.QUEUED:
        return of.reason
    if head.running:
        return Reason("run_open", f"it begins once run {head.running.run} has ended")
    starts = head.recent_starts(of.since) if head.pace else ()
    if head.pace and starts:
        again = min(starts) + head.pace.period
        return Reason("pace_used_up", f"train.at_most is used up; it begins at {again:%Y-%m-%d %H:%M:%SZ}")
    return Reason("starting", "it begins within the hour")
