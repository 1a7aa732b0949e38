"""Plan: what befalls the AWS calls of an embedded cloud's functions, and what was seen of them.

`tests/proofs/faults/sitecustomize.py` carries it out within each worker.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from pydantic import TypeAdapter

NAMELESS = "-"
"""The model of a call that names none, such as one about an object with rows of many models."""


class Act(StrEnum):
    """What happens: the worker gets SIGKILL before the call is sent or after it was carried out, the reply is lost, the
    call is refused, or it waits."""

    KILL_BEFORE = "kill-before"
    KILL_AFTER = "kill-after"
    LOSE_REPLY = "lose-reply"
    ERROR = "error"
    DELAY = "delay"


@dataclass(frozen=True, slots=True)
class Fault:
    """Which calls it is meant for ("" = any, nth 0 = each), and what happens to them; a kill happens once, ever.

    `times` is how many of a call's own turns (botocore sends a call that failed again) are hit, `share` which share of
    them, drawn by `seed`; `until` is an epoch second. `reasons` are those of a cancelled transaction.
    """

    do: Act
    model: str = ""
    function: str = ""
    service: str = ""
    operation: str = ""
    nth: int = 0
    times: int = 1_000_000
    share: float = 1.0
    seed: int = 0
    until: float = 1e12
    code: str = "ThrottlingException"
    status: int = 400
    reasons: tuple[str, ...] = ("TransactionConflict",)
    seconds: float = 0.0


@dataclass(frozen=True, slots=True)
class Plan:
    """Faults, and whether each call is written down; without any plan, calls are not even counted."""

    faults: tuple[Fault, ...] = ()
    record: bool = False


@dataclass(frozen=True, slots=True)
class Seen:
    """A call that was made: the n-th of this operation by the function for the model, in botocore's words.

    `at` is an epoch second; `do` is the fault that happened to it, if any.
    """

    function: str
    service: str
    operation: str
    model: str
    n: int
    at: float
    do: str = ""


_PLAN, _SEEN = TypeAdapter(Plan), TypeAdapter(Seen)


def write(plan: Plan, folder: Path) -> None:
    """Have the workers with this folder on their path follow the plan from their next call on."""
    partial = folder / "plan.partial"
    partial.write_bytes(_PLAN.dump_json(plan))
    partial.replace(folder / "plan.json")


def recorded(folder: Path) -> tuple[Seen, ...]:
    """All calls that were written down, oldest first."""
    return tuple(sorted(_read(*folder.glob("calls-*.jsonl")), key=lambda seen: seen.at))


def happened(folder: Path) -> tuple[Seen, ...]:
    """All faults that happened, oldest first."""
    return tuple(_read(*folder.glob("happened.jsonl")))


def counted(folder: Path, call: Seen) -> int:
    """How many calls like this one were counted by now."""
    path = folder / "counts" / f"{call.function}.{call.service}.{call.operation}.{call.model}"
    return path.stat().st_size if path.exists() else 0


def _read(*files: Path) -> Iterator[Seen]:
    for file in files:
        yield from (_SEEN.validate_json(line) for line in file.read_bytes().splitlines() if line.endswith(b"}"))
