"""Learn: from an upload to a version that serves. Verbs are states, and every failure has an end with a name."""

from collections.abc import Mapping

from stacks.wheel.states import Machine, State, caught, choice, each, failed, keep, succeeded, task, whether

HOUR_S = 3600

LIMITS_S: Mapping[str, int] = {
    "data": 900,
    "train": 900,
    "score": 900,
    "evaluate": 900,
    "register": 60,
    "deploy": 60,
    "promote": 60,
}
"""The verbs that the machine calls, and how long each may take; trigger, close and sweep start it, never it them."""

DATASET, RUNG, ARTIFACT, VERSION = "$.data.dataset", "$.climb.rung", "$.fitted.artifact", "$.registered.version"
"""What the states hand on: references, never data."""

CATCHES: Mapping[str, str] = {
    "Superseded": "Overtaken",
    "DataRejected": "DataRejected",
    "SearchFailed": "SearchFailed",
    "States.Timeout": "TimedOut",
    "Sandbox.Timedout": "TimedOut",
    "States.ALL": "Failed",
}
"""Error of a verb → the end it leads to; States.ALL comes last."""

ENDS: Mapping[str, State] = {
    "Live": succeeded("The version serves."),
    "Held": succeeded("The version is registered and waits for treadle promote."),
    "Overtaken": succeeded("A person decided otherwise; the registry has ended the run."),
    "DataRejected": failed("data_rejected", "$.error.Cause"),
    "SearchFailed": failed("search_failed", "$.error.Cause"),
    "GateFailed": failed("gate_failed", "$.verdict.detail"),
    "TimedOut": failed("timed_out", "a step took longer than it may"),
    "Failed": failed("error", "$.error.Cause"),
    "Nowhere": failed("error", "begin_at names no state of this machine"),
}


def definition(trials_at_once: int) -> Machine:
    """The whole machine, with a placeholder for the function of each verb."""
    data, candidate = {"dataset": DATASET}, {"dataset": DATASET, "artifact": ARTIFACT}
    judged = {**candidate, "champion": "$.scored.champion"}
    return {
        "Comment": "Treadle: from an upload to a version that serves",
        "StartAt": "Begin",
        "TimeoutSeconds": 12 * HOUR_S,
        "States": {
            "Begin": choice("$.begin_at", {"data": "Data"}, "Nowhere"),
            "Data": _verb("data", {}, keeps="$.data", then="First"),
            **_search(trials_at_once, then="Refit"),
            "Refit": _verb("train", {"task": "refit", "rung": RUNG, **data}, keeps="$.fitted", then="Score"),
            "Score": _verb("score", candidate, keeps="$.scored", then="Evaluate"),
            "Evaluate": _verb("evaluate", judged, keeps="$.verdict", then="Accepted"),
            "Accepted": choice("$.verdict.decision", {"accepted": "Register"}, "GateFailed"),
            "Register": _verb("register", candidate, keeps="$.registered", then="Deploy"),
            "Deploy": _verb("deploy", {"version": VERSION}, keeps="$.deploy", then="Way"),
            "Way": choice("$.deploy.way", {"all_at_once": "Promote"}, "Held"),
            "Promote": _verb("promote", {"version": VERSION}, keeps=None, then="Live"),
            **ENDS,
        },
    }


def _search(trials_at_once: int, then: str) -> Mapping[str, State]:
    """The rungs, one after the other from 1 on; on each of them every candidate that is left is tried."""
    trial = {"task": "trial", "dataset": "$.dataset", "rung": "$.rung", "candidate": "$.candidate"}
    told = {"dataset": DATASET, "rung": RUNG, "candidate": "$$.Map.Item.Value"}
    trials = each("$.search.candidates", told, {"Trial": task("train", trial, LIMITS_S["train"])}, trials_at_once)
    return {
        "First": keep({"rung": 1}, at="$.climb", then="Rung"),
        "Rung": _verb("train", {"task": "rung", "dataset": DATASET, "rung": RUNG}, keeps="$.search", then="Trials"),
        "Trials": {**trials, "Catch": caught(CATCHES), "Next": "More"},
        "More": whether("$.search.last", then, "Higher"),
        "Higher": keep({"rung.$": f"States.MathAdd({RUNG}, 1)"}, at="$.climb", then="Rung"),
    }


def _verb(name: str, told: Mapping[str, str], keeps: str | None, then: str) -> State:
    """A verb's state: called, tried again, and led to the end that its error names."""
    return {**task(name, told, LIMITS_S[name], keeps), "Catch": caught(CATCHES), "Next": then}
