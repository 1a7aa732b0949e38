"""The state machine as the template holds it."""

import json
from collections.abc import Iterator, Mapping
from typing import Any

from tests.infrastructure.templates import only, text

State = Mapping[str, Any]


def definition() -> Mapping[str, Any]:
    """The machine, with the functions' names in place of their ARNs."""
    machine = only("AWS::StepFunctions::StateMachine", "Learn").properties
    written = text(machine["DefinitionString"])
    for verb, function in machine["DefinitionSubstitutions"].items():
        written = written.replace(f"${{{verb}}}", text(function))
    read: Mapping[str, Any] = json.loads(written)
    return read


def states() -> Mapping[str, State]:
    """Every state by its name, those inside a Map too."""
    return dict(_below(definition()))


def tasks() -> Mapping[str, State]:
    """The states that call a verb, as if each called its function itself."""
    return {name: _called(state) for name, state in states().items() if state["Type"] == "Task"}


def _called(state: State) -> State:
    """One that waits for its token names the function, and what it is told, among its parameters."""
    if "FunctionName" not in state["Parameters"]:
        return state
    return {**state, "Resource": state["Parameters"]["FunctionName"], "Parameters": state["Parameters"]["Payload"]}


def _below(whole: Mapping[str, Any]) -> Iterator[tuple[str, State]]:
    for name, state in whole["States"].items():
        yield name, state
        if "ItemProcessor" in state:
            yield from _below(state["ItemProcessor"])
