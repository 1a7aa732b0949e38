"""States: Amazon States Language as dictionaries, one function a kind of state. Payloads carry references only."""

from collections.abc import Mapping
from typing import Any

State = Mapping[str, Any]
Machine = Mapping[str, Any]

PASSING = (
    "Lambda.ClientExecutionTimeoutException",
    "Lambda.ServiceException",
    "Lambda.AWSLambdaException",
    "Lambda.SdkClientException",
    "Lambda.TooManyRequestsException",
    "Unavailable",
    "Conflict",
    "RevisionMoved",
)
"""Errors that the next try may not meet."""

CRASHED = ("Runtime.ExitError", "Lambda.Unknown")
"""What is said of a function that was killed: out of memory, or by something that the next try may not meet."""

RETRY: State = {
    "ErrorEquals": list(PASSING),
    "IntervalSeconds": 1,
    "MaxAttempts": 6,
    "BackoffRate": 2,
    "MaxDelaySeconds": 30,
    "JitterStrategy": "FULL",
}

AGAIN: State = {
    "ErrorEquals": list(CRASHED),
    "IntervalSeconds": 2,
    "MaxAttempts": 2,
    "BackoffRate": 2,
    "JitterStrategy": "FULL",
}
"""A worker that is lost once or twice fails no run; three times is no accident."""

RETRIES = [RETRY, AGAIN]

TOLD: State = {"model.$": "$.model", "run.$": "$.run", "spec.$": "$.spec"}
"""What every verb is told, beside what its own state names."""


ATTEMPT: State = {
    "model.$": "$.model",
    "run.$": "$.run",
    "state.$": "$$.State.Name",
    "entered.$": "$$.State.EnteredTime",
    "retry.$": "$$.State.RetryCount",
}
"""Which try of which state calls, so that one which was given up, and goes on running, cannot write any more."""


def task(verb: str, told: Mapping[str, str], limit_s: int, keeps: str | None = None) -> State:
    """A call of the verb's function; `keeps` is where its answer goes, None drops it."""
    return {
        "Type": "Task",
        "Resource": function(verb),
        "Parameters": {**TOLD, **_parameters(told)},
        "TimeoutSeconds": limit_s,
        "Retry": RETRIES,
        "ResultPath": keeps,
    }


def answered(verb: str, told: Mapping[str, str], limit_s: str) -> State:
    """The verb's function is told under which token the state waits; whoever has the token lets the machine go on.

    `limit_s` is the path to how long. The answer is dropped: what was decided is in the registry.
    """
    payload = {**TOLD, "attempt": ATTEMPT, **_parameters(told), "token.$": "$$.Task.Token"}
    return {
        "Type": "Task",
        "Resource": "arn:aws:states:::lambda:invoke.waitForTaskToken",
        "Parameters": {"FunctionName": function(verb), "Payload": payload},
        "TimeoutSecondsPath": limit_s,
        "Retry": RETRIES,
        "ResultPath": None,
    }


def attempted(state: State) -> State:
    """The call, which is told which try it is."""
    return {**state, "Parameters": {**state["Parameters"], "attempt": ATTEMPT}}


def function(verb: str) -> str:
    """The placeholder for the ARN of the verb's function, which the template fills in."""
    return f"${{{verb}}}"


def each(items: str, told: Mapping[str, str], state: Mapping[str, State], at_once: int) -> State:
    """The one state for each of the items, side by side; what it came to lies in a bucket, so results are dropped."""
    [(name, body)] = state.items()
    return {
        "Type": "Map",
        "ItemsPath": items,
        "ItemSelector": {**TOLD, **_parameters(told)},
        "MaxConcurrency": at_once,
        "ItemProcessor": {
            "ProcessorConfig": {"Mode": "INLINE"},
            "StartAt": name,
            "States": {name: {**body, "End": True}},
        },
        "ResultPath": None,
    }


def choice(variable: str, ways: Mapping[str, str], otherwise: str) -> State:
    """By the text of the variable."""
    choices = [{"Variable": variable, "StringEquals": value, "Next": state} for value, state in ways.items()]
    return {"Type": "Choice", "Choices": choices, "Default": otherwise}


def whether(variable: str, then: str, otherwise: str) -> State:
    """By the truth of the variable."""
    chosen = {"Variable": variable, "BooleanEquals": True, "Next": then}
    return {"Type": "Choice", "Choices": [chosen], "Default": otherwise}


def wait(seconds: str, then: str) -> State:
    """Go on after so many seconds, which the path leads to."""
    return {"Type": "Wait", "SecondsPath": seconds, "Next": then}


def keep(value: Mapping[str, object], at: str, then: str) -> State:
    """Put a value into the state's input; names that end in `.$` are worked out."""
    return {"Type": "Pass", "Parameters": value, "ResultPath": at, "Next": then}


def failed(code: str, cause: str) -> State:
    """A named end: a code that `shared/domain/execution.py` knows, and the sentence that people read, or its path."""
    return {"Type": "Fail", "Error": code, ("CausePath" if cause.startswith("$.") else "Cause"): cause}


def succeeded(why: str) -> State:
    """An end that is no failure."""
    return {"Type": "Succeed", "Comment": why}


def caught(ends: Mapping[str, str]) -> list[State]:
    """Error → the end it leads to, in this order."""
    return [{"ErrorEquals": [error], "ResultPath": "$.error", "Next": end} for error, end in ends.items()]


def _parameters(told: Mapping[str, str]) -> Mapping[str, str]:
    """Paths are read from the input, anything else stands for itself."""
    return {(f"{name}.$" if value.startswith("$") else name): value for name, value in told.items()}
