"""Reason: why something came to be as it is; a code that programs match and a sentence that people read."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Reason:
    """Code in snake_case; detail in one sentence."""

    code: str
    detail: str = ""


NO_REASON = Reason("")
"""For what needs none: a run that is still open, a version that is what it was registered as."""

LONGEST = 1_000
"""Characters of a detail that a state machine hands on."""
