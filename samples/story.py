"""A story: steps that act through the public doors, and verify what came of it by reading it back."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from time import perf_counter
from typing import Any

from treadle.client import Client

Tell = Callable[[str], None]


class Unverified(Exception):
    """What was read back is not what the step promises."""


def expect(actual: object, expected: object, what: str) -> None:
    """Raise Unverified unless both are equal."""
    if actual != expected:
        raise Unverified(f"{what}: got {actual}, expected {expected}")


@dataclass(slots=True)
class Scene:
    """Where the story plays: an API, a folder for files, who is told how it goes, and what steps hand on."""

    client: Client
    folder: Path
    tell: Tell = lambda _: None
    notes: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Step:
    """One row of the demo and one assertion of the tests: `act` does it, `verify` says what came of it."""

    verb: str
    promise: str
    act: Callable[[Scene], None]
    verify: Callable[[Scene], str]


@dataclass(frozen=True, slots=True)
class Played:
    """A step that was verified: what came of it, and how long it took."""

    verb: str
    outcome: str
    seconds: float


def play(step: Step, scene: Scene) -> Played:
    """Act, then verify; raises Unverified or one of treadle's Failures."""
    began = perf_counter()
    step.act(scene)
    outcome = step.verify(scene)
    return Played(step.verb, outcome, perf_counter() - began)


def played(story: Sequence[Step], scene: Scene) -> Iterator[Played]:
    """The story from its beginning, a step at a time."""
    return (play(step, scene) for step in story)
