"""Forced: the ends of steps that were given too little. A step that was killed says nothing of itself, and no end knows
which state led to it, so each step has ends of its own, which name what to raise."""

from collections.abc import Mapping

from stacks.wheel.states import CRASHED, State, failed

FORCED: Mapping[str, str] = {
    "States.Timeout": "TimedOut",
    "Sandbox.Timedout": "TimedOut",
    **dict.fromkeys(CRASHED, "Killed"),
}
"""What AWS says of a function that was stopped → how its step ended."""


def catches(verb: str) -> Mapping[str, str]:
    """Error → the step's own end."""
    return {error: _named(verb, how) for error, how in FORCED.items()}


def ends(limits_s: Mapping[str, int]) -> Mapping[str, State]:
    """Both ends of each step, by the seconds that it has."""
    return {
        _named(verb, how): end
        for verb, limit_s in limits_s.items()
        for how, end in (("TimedOut", _timed_out(verb, limit_s)), ("Killed", _killed(verb)))
    }


def _named(verb: str, how: str) -> str:
    return f"{verb.capitalize()}{how}"


def _timed_out(verb: str, limit_s: int) -> State:
    """Processors come with memory, so that is the setting for time as well; no function may take over 15 minutes."""
    return failed("timed_out", f"{verb} took over {limit_s} s: raise memory_mb.{verb} in cdk.json, for more processors")


def _killed(verb: str) -> State:
    return failed("out_of_memory", f"{verb} was killed, most often out of memory: raise memory_mb.{verb} in cdk.json")
