"""Retire: a version that was replaced drains until its sunset, and then answers nobody any more."""

from stacks.wheel.states import RETRIES, Machine, caught, failed, function, succeeded

LIMIT_S = 60
"""How long retire may take."""

YEAR_S = 365 * 24 * 3600
"""The longest life of an execution; a version that drains longer is retired by sweep's."""


def definition() -> Machine:
    """The whole machine, with a placeholder for retire's function; it is told model, version, since and sunset."""
    return {
        "Comment": "Treadle: from a replaced version to a retired one",
        "StartAt": "Drain",
        "TimeoutSeconds": YEAR_S,
        "States": {
            "Drain": {"Type": "Wait", "TimestampPath": "$.sunset", "Next": "Retire"},
            "Retire": {
                "Type": "Task",
                "Resource": function("retire"),
                "Parameters": {"model.$": "$.model", "version.$": "$.version", "since.$": "$.since"},
                "TimeoutSeconds": LIMIT_S,
                "Retry": RETRIES,
                "Catch": caught({"States.ALL": "Failed"}),
                "ResultPath": "$.retired",
                "Next": "Gone",
            },
            "Gone": succeeded("The version is retired, or it answers again."),
            "Failed": failed("error", "$.error.Cause"),
        },
    }
