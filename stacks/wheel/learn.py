"""Learn: from an upload to a version that serves. Verbs are states, and every failure has an end with a name.

A restored version begins where it is scored; a drill begins with a copy of the champion that is broken; a version that
is reproduced begins at the search, on its own spec and data version, and ends where it is held against itself.
"""

from collections.abc import Mapping

from stacks.wheel import forced
from stacks.wheel.states import (
    TOLD,
    Machine,
    State,
    answered,
    attempted,
    caught,
    choice,
    each,
    failed,
    keep,
    succeeded,
    task,
    wait,
    whether,
)

YEAR_S = 365 * 86_400
"""What AWS gives an execution: a rollout bakes for days, and each state has a limit of its own."""

LIMITS_S: Mapping[str, int] = {
    "data": 900,
    "train": 900,
    "score": 900,
    "evaluate": 900,
    "register": 60,
    "approve": 60,
    "deploy": 60,
    "judge": 60,
    "promote": 60,
    "rollback": 60,
}
"""The verbs that the machine calls, and how long each may take; trigger, close and sweep start it, never it them."""

DATASET, RUNG, FITTED, ARTIFACT = "$.data.dataset", "$.climb.rung", "$.fitted.artifact", "$.scored.artifact"
TRIED, STEP, WHY = "$.rollout.version", "$.rollout.step", "$.judged.detail"
"""What the states hand on: references, never data."""

ENTRIES: Mapping[str, str] = {"data": "Data", "train": "Recorded", "score": "Restored", "drill": "Break"}
"""Where a run begins → the state that it enters at."""

CATCHES: Mapping[str, str] = {
    "Superseded": "Overtaken",
    "DataRejected": "DataRejected",
    "SearchFailed": "SearchFailed",
    "DiskFull": "DiskFull",
    "OutOfMemory": "OutOfMemory",
    "States.ALL": "Failed",
}
"""Error that a verb raises → the end it leads to; States.ALL comes last."""

ENDS: Mapping[str, State] = {
    "Live": succeeded("The version serves."),
    "Reproduced": succeeded("The version can be made again; the registry has ended the run."),
    "NotReproduced": failed("not_reproduced", "$.compared.detail"),
    "Overtaken": succeeded("A person decided otherwise; the registry has ended the run."),
    "DataRejected": failed("data_rejected", "$.error.Cause"),
    "SearchFailed": failed("search_failed", "$.error.Cause"),
    "GateFailed": failed("gate_failed", "$.verdict.detail"),
    "NotApproved": failed("not_approved", "$.error.Cause"),
    "Expired": failed("approval_expired", "$.settled.detail"),
    "RolledBack": failed("rolled_back", WHY),
    "Unnoticed": failed("drill_unnoticed", WHY),
    **forced.ends(LIMITS_S),
    "DiskFull": failed("disk_full", "$.error.Cause"),
    "OutOfMemory": failed("out_of_memory", "$.error.Cause"),
    "Failed": failed("error", "$.error.Cause"),
    "Nowhere": failed("error", "a choice of this machine was given a word that it does not know"),
}


def definition(trials_at_once: int) -> Machine:
    """The whole machine, with a placeholder for the function of each verb."""
    return {
        "Comment": "Treadle: from an upload to a version that serves",
        "StartAt": "Begin",
        "TimeoutSeconds": YEAR_S,
        "States": {
            "Begin": choice("$.begin_at", ENTRIES, "Nowhere"),
            "Data": _verb("data", {}, keeps="$.data", then="First"),
            **_search(trials_at_once, then="Refit"),
            "Refit": _verb("train", {"task": "refit", "rung": RUNG, "dataset": DATASET}, "$.fitted", then="Fitted"),
            "Fitted": choice("$.begin_at", {"data": "Score", "train": "Compare"}, "Nowhere"),
            **_proof(),
            **_judgement(then="Asks"),
            **_approval(then="New"),
            **_rollout(),
            **ENDS,
        },
    }


def _proof() -> Mapping[str, State]:
    """A version is made once more and held against itself; what was made gets no number and never serves."""
    recorded = {**TOLD, "begin_at.$": "$.begin_at", "version.$": "$.version", "data": {"dataset.$": "$.dataset"}}
    made = {"task": "compare", "version": "$.version", "artifact": FITTED}
    ways = {"reproduced": "Reproduced", "not_reproduced": "NotReproduced"}
    return {
        "Recorded": keep(recorded, at="$", then="First"),
        "Compare": _verb("score", made, keeps="$.compared", then="Compared"),
        "Compared": choice("$.compared.outcome", ways, "Nowhere"),
    }


def _judgement(then: str) -> Mapping[str, State]:
    """What was fitted, or is restored, comes before the gates; what passes them gets its number."""
    scored = {"task": "test", "dataset": DATASET, "artifact": FITTED, "version": "$.version"}
    candidate = {"dataset": DATASET, "artifact": ARTIFACT}
    restored = {**TOLD, "version.$": "$.version", "data": {"dataset.$": "$.dataset"}, "fitted": {"artifact": ""}}
    return {
        "Restored": keep(restored, at="$", then="Score"),
        "Score": _verb("score", scored, keeps="$.scored", then="Evaluate"),
        "Evaluate": _verb("evaluate", {**candidate, "champion": "$.scored.champion"}, "$.verdict", then="Accepted"),
        "Accepted": choice("$.verdict.decision", {"accepted": "Register"}, "GateFailed"),
        "Register": _verb("register", candidate, keeps="$.registered", then=then),
    }


def _approval(then: str) -> Mapping[str, State]:
    """Where the spec asks for it, the version waits until a person has decided; the registry's clock ends the wait."""
    asked, told = {"none": then, "asked": "Approve"}, {"task": "ask", "version": "$.registered.version"}
    late = {"NotApproved": "NotApproved", **_catches("approve"), "States.Timeout": "Settle"}
    return {
        "Asks": choice("$.registered.approval", asked, "Nowhere"),
        "Approve": {**answered("approve", told, "$.registered.wait_s"), "Catch": caught(late), "Next": then},
        "Settle": _verb("approve", {"task": "settle"}, keeps="$.settled", then="Settled"),
        "Settled": choice("$.settled.outcome", {"approved": then, "expired": "Expired"}, "Nowhere"),
    }


def _rollout() -> Mapping[str, State]:
    """Step by step beside the champion, each looked at until it is judged; without steps, at once."""
    tried = {"version": TRIED, "step": STEP}
    looked = {**tried, "revision": "$.deploy.revision", "until_ms": "$.deploy.until_ms", "seen": "$.judged.seen"}
    replayed = {**tried, "task": "replay", "since_ms": "$.deploy.since_ms"}
    ways = {"all_at_once": "Promote", "shadow": "Soak", "canary": "Bake"}
    onwards = {"go_on": "Way", "next": "Further", "promote": "Promote"}
    outcomes = {**onwards, "roll_back": "Rollback", "unnoticed": "Withdraw"}
    harmed, unnoticed = ({"detail": WHY, "reason": code} for code in ("rolled_back", "drill_unnoticed"))
    begun = {"artifact": "", "step": 0}
    broken = {"version.$": "$.version", "artifact.$": FITTED, "step": 0}
    onward = {"version.$": TRIED, "artifact.$": "$.rollout.artifact", "step.$": f"States.MathAdd({STEP}, 1)"}
    return {
        "Break": _verb("train", {"task": "drill", "version": "$.version"}, keeps="$.fitted", then="Broken"),
        "Broken": keep(broken, at="$.rollout", then="Deploy"),
        "New": keep({"version.$": "$.registered.version", **begun}, at="$.rollout", then="Deploy"),
        "Deploy": _verb("deploy", {**tried, "artifact": "$.rollout.artifact"}, keeps="$.deploy", then="Unseen"),
        "Unseen": keep({"seen": {}, "detail": "it passed every gate"}, at="$.judged", then="Way"),
        "Way": choice("$.deploy.way", ways, "Nowhere"),
        "Soak": wait("$.deploy.wait_s", then="Replay"),
        "Replay": _verb("score", replayed, keeps=None, then="Judge"),
        "Bake": wait("$.deploy.wait_s", then="Judge"),
        "Judge": _verb("judge", looked, keeps="$.judged", then="Judged"),
        "Judged": choice("$.judged.outcome", outcomes, "Nowhere"),
        "Further": keep(onward, at="$.rollout", then="Deploy"),
        "Promote": _verb("promote", {"version": TRIED, "detail": WHY}, keeps=None, then="Live"),
        "Rollback": _verb("rollback", harmed, keeps=None, then="RolledBack"),
        "Withdraw": _verb("rollback", unnoticed, keeps=None, then="Unnoticed"),
    }


def _search(trials_at_once: int, then: str) -> Mapping[str, State]:
    """The rungs, one after the other from 1 on; on each of them every candidate that is left is tried."""
    trial = {"task": "trial", "dataset": "$.dataset", "rung": "$.rung", "candidate": "$.candidate"}
    told = {"dataset": DATASET, "rung": RUNG, "candidate": "$$.Map.Item.Value"}
    trials = each("$.search.candidates", told, {"Trial": task("train", trial, LIMITS_S["train"])}, trials_at_once)
    return {
        "First": keep({"rung": 1}, at="$.climb", then="Rung"),
        "Rung": _verb("train", {"task": "rung", "dataset": DATASET, "rung": RUNG}, keeps="$.search", then="Trials"),
        "Trials": {**trials, "Catch": caught(_catches("train")), "Next": "More"},
        "More": whether("$.search.last", then, "Higher"),
        "Higher": keep({"rung.$": f"States.MathAdd({RUNG}, 1)"}, at="$.climb", then="Rung"),
    }


def _verb(name: str, told: Mapping[str, str], keeps: str | None, then: str) -> State:
    """A verb's state: called, tried again, and led to the end that its error names."""
    return {**attempted(task(name, told, LIMITS_S[name], keeps)), "Catch": caught(_catches(name)), "Next": then}


def _catches(verb: str) -> Mapping[str, str]:
    """What stopped the verb, and what it raised."""
    return {**forced.catches(verb), **CATCHES}
