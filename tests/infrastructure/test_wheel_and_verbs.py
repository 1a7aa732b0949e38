"""The wheel and its verbs: each is told what it must know, and what it answers is what the next states look for."""

import importlib
import re
from collections.abc import Iterator, Mapping
from dataclasses import fields
from typing import Any

import pytest
from pydantic import BaseModel, TypeAdapter

from shared.domain import reproduction
from shared.domain.attempt import Attempt
from shared.domain.run import BeginAt
from shared.domain.verdict import Decision
from shared.lifecycle import approve, compare, data, deploy, evaluate, judge, register, score, train
from shared.statistics.eprocess import Evidence, Failures
from stacks.wheel import learn
from tests.infrastructure.machine import definition, states, tasks

STARTED_WITH = {"model", "run", "spec", "begin_at", "version", "dataset"}
KEPT = {"$.climb.rung", "$.error.Cause", "$.rollout.version", "$.rollout.artifact", "$.rollout.step"}
"""What the machine keeps by itself."""

ANSWERS: Mapping[str, Any] = {
    "$.data": data.Result,
    "$.search": train.Entered,
    "$.fitted": train.Refitted,
    "$.compared": compare.Result,
    "$.scored": score.Result,
    "$.verdict": evaluate.Result,
    "$.registered": register.Result,
    "$.settled": approve.Settled,
    "$.deploy": deploy.Result,
    "$.judged": judge.Result,
}
"""Where a state keeps an answer → the answer's class."""


def _paths(value: object) -> Iterator[str]:
    """The paths into the machine's data that a part of it reads."""
    if isinstance(value, Mapping):
        yield from (path for key, one in value.items() if key != "ResultPath" for path in _paths(one))
    elif isinstance(value, list):
        yield from (path for one in value for path in _paths(one))
    elif isinstance(value, str):
        yield from re.findall(r"(?<!\$)\$\.[A-Za-z_.]+", value)


def test_every_path_leads_to_what_the_machine_was_started_with_or_a_verb_answered() -> None:
    known = {f"$.{name}" for name in STARTED_WITH} | KEPT
    answered = {f"{place}.{field.name}" for place, kind in ANSWERS.items() for field in fields(kind)}
    outside = [state for state in definition()["States"].values() if state["Type"] != "Map"]
    assert {path for state in outside for path in _paths(state)} - known - answered == set()


def test_answers_are_kept_where_the_next_states_look_for_them() -> None:
    kept = {task["ResultPath"] for task in tasks().values()} - {None}
    assert kept == set(ANSWERS)


def test_choices_ask_for_what_the_verbs_say() -> None:
    asked = {
        name: {choice["StringEquals"] for choice in state["Choices"] if "StringEquals" in choice}
        for name, state in states().items()
        if state["Type"] == "Choice"
    }
    assert asked == {
        "Begin": set(BeginAt),
        "More": set(),
        "Fitted": {BeginAt.DATA.value, BeginAt.TRAIN.value},
        "Compared": set(reproduction.ENDS),
        "Accepted": {Decision.ACCEPTED.value},
        "Asks": set(register.Asks),
        "Settled": set(approve.Outcome),
        "Way": set(deploy.Way),
        "Judged": set(judge.Outcome),
    }


def _required(verb: str, task: str) -> set[str]:
    """What the verb's handler must be told, for this task where it has several."""
    handler = importlib.import_module(f"functions.{verb}.handler")
    if hasattr(handler, "Event"):
        event: type[BaseModel] = handler.Event
        return set(event.model_json_schema()["required"])
    adapter: TypeAdapter[Any] = handler.TASKS[task][1] if hasattr(handler, "TASKS") else handler.requests
    return set(adapter.json_schema()["required"])


@pytest.mark.parametrize("verb", sorted(learn.LIMITS_S))
def test_a_verb_is_told_all_that_it_must_know(verb: str) -> None:
    function = f"${{{verb.capitalize()}Function.Arn}}"
    for task in (task for task in tasks().values() if task["Resource"] == function):
        told = {name.removesuffix(".$") for name in task["Parameters"]}
        assert _required(verb, task["Parameters"].get("task", "")) - told == set()
        assert {"model", "run", "spec"} <= told


def test_a_verb_that_writes_is_told_which_try_of_which_state_it_is() -> None:
    """Trials write to a bucket alone, side by side: they must not fence each other off."""
    told = {name: _told(task["Parameters"]).get("attempt", {}) for name, task in tasks().items()}
    assert {name for name, attempt in told.items() if not attempt} == {"Trial"}
    for attempt in told.values():
        assert not attempt or {name.removesuffix(".$") for name in attempt} == {one.name for one in fields(Attempt)}
        assert not attempt or attempt["retry.$"] == "$$.State.RetryCount"


def _told(parameters: Mapping[str, Any]) -> Mapping[str, Any]:
    """What the function gets: beside a token it lies one deeper."""
    told: Mapping[str, Any] = parameters.get("Payload", parameters)
    return told


def test_the_judges_first_look_has_seen_nothing() -> None:
    assert TypeAdapter(judge.Seen).validate_python(states()["Unseen"]["Parameters"]["seen"]) == judge.Seen()


def test_nothing_but_references_goes_round() -> None:
    """Answers are ids, numbers, a decision and its sentence; what trials came to is dropped."""
    counts = (judge.Seen, Evidence, Failures)
    kinds = {str(field.type) for kind in (*ANSWERS.values(), *counts) for field in fields(kind)}
    words = (Decision, register.Asks, approve.Outcome, deploy.Way, judge.Outcome)
    assert kinds <= {str(kind) for kind in (str, int, float, bool, tuple[int, ...], *words, *counts)}
