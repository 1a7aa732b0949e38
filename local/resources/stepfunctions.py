"""State machines, run by moto's interpreter. What it would run wrongly is refused before anything starts."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from local.errors import NotCreated
from local.resources.facts import StateMachine
from local.resources.resource import Cloud, Created, Creator, Resource

# The interpreter gets these right; others it runs with wrong parameters, or passes over a failure in silence.
RESOURCES = (
    "arn:aws:lambda:",
    "arn:aws:states:::lambda:invoke",
    "arn:aws:states:::sqs:sendMessage",
    "arn:aws:states:::sns:publish",
    "arn:aws:states:::events:putEvents",
)


def _state_machine(cloud: Cloud, resource: Resource) -> Created:
    given = resource.properties
    name = resource.name("StateMachineName", longest=80)
    definition = _definition(resource)
    refuse_what_runs_wrongly(name, json.loads(definition))
    arn = cloud.client("stepfunctions").create_state_machine(
        name=name, definition=definition, roleArn=given["RoleArn"], type=given.get("StateMachineType", "STANDARD")
    )["stateMachineArn"]
    return Created(arn, {"Arn": arn, "Name": name}, (StateMachine(arn),))


def _definition(resource: Resource) -> str:
    given = resource.properties
    if "Definition" in given:
        text = json.dumps(given["Definition"])
    elif "DefinitionString" in given:
        text = str(given["DefinitionString"])
    else:
        raise NotCreated(
            f"state machine {resource.id}: its definition is not in the template",
            fix="use DefinitionBody.from_chainable or from_string",
        )
    for name, value in given.get("DefinitionSubstitutions", {}).items():
        text = text.replace(f"${{{name}}}", str(value))
    return text


def refuse_what_runs_wrongly(name: str, definition: Mapping[str, Any]) -> None:
    """Raises NotCreated for a state that the embedded cloud's interpreter does not run as AWS does."""
    for state, body in _states(definition):
        if wrong := _wrong(body):
            raise NotCreated(
                f"state machine {name}, state {state}: the embedded cloud does not run {wrong} as AWS does",
                fix="write it with inline Map, JSONPath, and Lambda, SQS, SNS or EventBridge tasks",
            )


def _states(definition: Mapping[str, Any]) -> Iterator[tuple[str, Mapping[str, Any]]]:
    for name, state in definition.get("States", {}).items():
        yield name, state
        for inner in (*state.get("Branches", ()), state.get("ItemProcessor", {}), state.get("Iterator", {})):
            yield from _states(inner)


def _wrong(state: Mapping[str, Any]) -> str:
    resource = state.get("Resource", "")
    if state.get("ItemProcessor", {}).get("ProcessorConfig", {}).get("Mode") == "DISTRIBUTED":
        return "a distributed Map"
    if state.get("QueryLanguage") == "JSONata" or "Assign" in state:
        return "JSONata or Assign"
    if state.get("Type") == "Task" and not resource.startswith(RESOURCES):
        return f"the task {resource}"
    return ""


CREATORS: Mapping[str, Creator] = {"AWS::StepFunctions::StateMachine": _state_machine}
