"""What AWS allows a state machine, with room to spare: 20,000 of its 25,000 events an execution, 32 of its 256 KB a
payload. Both are worked out from the spec's ceilings and the machine as it is written; a state that is tried again adds
three events a try."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import fields, is_dataclass
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from math import ceil
from typing import Any, get_args, get_type_hints

import pytest

from shared.domain import bake
from shared.domain.reason import LONGEST
from shared.domain.spec.deploy import Deploy, Step
from shared.domain.spec.train import Search
from shared.engines.learning.search import candidates, rungs
from tests.examples import spec
from tests.infrastructure.machine import states
from tests.infrastructure.test_wheel_and_verbs import ANSWERS

MOST_EVENTS, MOST_BYTES = 20_000, 32 * 1024
EVENTS: Mapping[str, int] = {"Task": 5, "Choice": 2, "Pass": 2, "Wait": 2, "Map": 4, "Succeed": 2, "Fail": 1}
"""Kind of state → its events where all goes well: entered and exited, and between them what a task or a Map says."""

BEGUN_AND_ENDED, AN_ITERATION = 2, 2
RUNG = ("Rung", "Trials", "More", "Higher", "Rung")
CANARY = ("Way", "Bake", "Judge", "Judged", "Way")
SHADOW = ("Way", "Soak", "Replay", "Judge", "Judged", "Way")
FURTHER = ("Further", "Deploy", "Unseen", "Way")
"""The machine's circles, each back to where it began; everything else is gone through once."""

BAKES = ("1s", "2s", "10s", "20s", "100s", "200s", "400s", "10m", "1h", "1d", "30d")
"""Around each length from which on another rule decides how often a step is looked at."""

NOON = datetime(2026, 1, 1, 12, tzinfo=UTC)
CAUSE = 8 * 1024
"""Characters of an error's cause: a sentence and a stack, the longest seen is a quarter of it."""


def _ceiling(section: type[Any], field: str) -> int:
    """What the spec allows at the most."""
    rules = section.model_fields[field].metadata
    [most] = (getattr(rule, name) for rule in rules for name in ("le", "max_length") if hasattr(rule, name))
    return int(most)


def _next(name: str) -> Iterator[str]:
    for way in (states()[name], *states()[name].get("Choices", ())):
        yield from (way[key] for key in ("Next", "Default") if key in way)


def _events(names: Sequence[str]) -> int:
    """Of these states, one after the other; a Map's iterations are counted by who knows their number."""
    machine = states()
    return sum(EVENTS[machine[name]["Type"]] for name in names)


def _search() -> int:
    """Every candidate on its rungs."""
    made = spec(train={"search": {"method": "halving", "trials": _ceiling(Search, "trials")}})
    climbing, trials = len(candidates(made)), 0
    for rung in rungs(made):
        trials, climbing = trials + climbing, rung.keep
    assert trials > _ceiling(Search, "trials")
    return len(rungs(made)) * _events(RUNG[1:]) + trials * (AN_ITERATION + _events(["Trial"]))


def _looks(step: Step, of: int) -> int:
    """How often the machine looks at a step, until late rows are waited for no longer, and once more."""
    lasts = bake.given_up(step, NOON + bake.lasts(step)) - NOON
    return ceil(lasts / timedelta(seconds=bake.wait_s(step, of))) + 1


def _rollout(written: Mapping[str, str], of: int, look: int, further: int) -> int:
    """So many steps of this kind, by the events of a look and of a step."""
    return of * (_looks(Step.model_validate(written), of) * look + further)


def _longest() -> dict[str, Any]:
    """What goes round when everything is as long as it can be: the answers of all verbs, and an error."""
    started = dict.fromkeys(("model", "run", "begin_at", "dataset"), "x" * 64) | {"spec": 10**9, "version": 10**9}
    answers = {place.removeprefix("$."): _filled(kind) for place, kind in ANSWERS.items()}
    rollout = {"version": 10**9, "artifact": "x" * 64, "step": 20}
    error = {"Error": "x" * 256, "Cause": "x" * CAUSE}
    return {**started, **answers, "climb": {"rung": 3}, "rollout": rollout, "error": error}


def _filled(kind: Any) -> Any:
    """A value of this type, as long as it can be."""
    if is_dataclass(kind):
        hints = get_type_hints(kind)
        return {field.name: _filled(hints[field.name]) for field in fields(kind)}
    if get_args(kind):
        return list(range(_ceiling(Search, "trials")))
    return "x" * LONGEST if issubclass(kind, str) else 1234567890.123456789


@pytest.mark.parametrize("circle", [RUNG, CANARY, SHADOW, FURTHER])
def test_the_circles_are_those_of_the_machine(circle: tuple[str, ...]) -> None:
    assert [(here, there) for here, there in pairwise(circle) if there not in _next(here)] == []


def test_the_longest_search_and_rollout_leave_room_in_the_history() -> None:
    once = [name for name in states() if name not in {"Trial", *RUNG, *CANARY, *SHADOW, *FURTHER}]
    canary, shadow, further = (_events(circle[1:]) for circle in (CANARY, SHADOW, FURTHER))
    rollouts = {
        _rollout(written, of, look, further)
        for of in range(1, _ceiling(Deploy, "steps") + 1)
        for bakes in BAKES
        for written, look in (({"shadow": bakes}, shadow), ({"share": "1%", "bake": bakes}, canary))
    }
    assert BEGUN_AND_ENDED + _events(once) + _search() + max(rollouts) < MOST_EVENTS


def test_the_longest_payload_is_an_eighth_of_what_aws_allows() -> None:
    assert len(json.dumps(_longest())) < MOST_BYTES
