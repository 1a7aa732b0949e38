"""Drains: a version that was replaced is waited for once, until its sunset."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import pytest

from shared.adapters.clients import client
from shared.adapters.stepfunctions_drains import StepFunctionsDrains
from shared.ports.drains import Drains
from tests.examples import MODEL, NOON, later
from tests.fakes.drains import MemoryDrains

WAITS = json.dumps(
    {"StartAt": "Drain", "States": {"Drain": {"Type": "Wait", "TimestampPath": "$.sunset", "End": True}}}
)
ROLE = "arn:aws:iam::123456789012:role/retire"
SUNSET = NOON + timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Machine:
    """The port, and how many executions there are."""

    drains: Drains
    executions: Callable[[], int]


def a_machine() -> str:
    machine: str = client("stepfunctions").create_state_machine(name="retire", definition=WAITS, roleArn=ROLE)[
        "stateMachineArn"
    ]
    return machine


def executions(machine: str) -> list[dict[str, Any]]:
    """All that began, with what they were told."""
    listed = client("stepfunctions").list_executions(stateMachineArn=machine)["executions"]
    return [client("stepfunctions").describe_execution(executionArn=one["executionArn"]) for one in listed]


@pytest.fixture(params=["memory", "stepfunctions"])
def machine(request: pytest.FixtureRequest) -> Machine:
    """A machine on which nothing was started yet."""
    if request.param == "memory":
        drains = MemoryDrains()
        return Machine(drains, lambda: len(drains.started))
    request.getfixturevalue("aws")
    arn = a_machine()
    return Machine(StepFunctionsDrains(arn), lambda: len(executions(arn)))


def test_a_drain_that_is_started_twice_is_waited_for_once(machine: Machine) -> None:
    for _ in range(2):
        machine.drains.start(MODEL, 1, NOON, SUNSET)
    assert machine.executions() == 1


@pytest.mark.parametrize(
    "other",
    [
        ("taxis", 1, NOON, SUNSET),
        (MODEL, 2, NOON, SUNSET),
        (MODEL, 1, later(0.01), SUNSET),
        (MODEL, 1, NOON, SUNSET + timedelta(hours=1)),
    ],
)
def test_another_model_version_replacement_or_sunset_is_waited_for_apart(
    machine: Machine, other: tuple[str, int, datetime, datetime]
) -> None:
    machine.drains.start(MODEL, 1, NOON, SUNSET)
    machine.drains.start(*other)
    assert machine.executions() == 2


def test_an_execution_is_told_the_exact_instant_of_the_replacement_and_a_sunset_that_is_not_early(aws: None) -> None:
    arn, since = a_machine(), NOON + timedelta(microseconds=123_456)
    StepFunctionsDrains(arn).start(MODEL, 1, since, since + timedelta(days=7))
    [began] = executions(arn)
    told = json.loads(began["input"])
    assert (told["model"], told["version"]) == (MODEL, 1)
    assert datetime.fromisoformat(told["since"]) == since
    assert told["sunset"] == "2013-04-08T12:00:01Z"


def test_the_longest_name_of_a_model_makes_a_name_that_an_execution_may_have(aws: None) -> None:
    arn = a_machine()
    StepFunctionsDrains(arn).start("m" * 40, 9_999, NOON, SUNSET)
    [began] = executions(arn)
    assert len(began["name"]) <= 80
