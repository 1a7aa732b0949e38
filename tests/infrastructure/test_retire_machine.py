"""The retire machine: it waits until the sunset that it was told, calls retire once, and has no end without a name."""

import io
import json
import time
import zipfile
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from moto import mock_aws

from functions.retire.handler import Event
from shared.adapters.clients import client
from shared.adapters.stepfunctions_drains import StepFunctionsDrains
from shared.domain.execution import NAMED
from stacks.wheel import retire
from stacks.wheel.states import CRASHED, PASSING

ROLE = "arn:aws:iam::123456789012:role/retire"
SINCE = datetime(2013, 4, 1, 12, 7, 0, 123_456, tzinfo=UTC)
STATES = retire.definition()["States"]


@pytest.fixture
def machine() -> Iterator[str]:
    """The machine on an interpreter; its function answers with what it was told."""
    with mock_aws(config={"stepfunctions": {"execute_state_machine": True}, "lambda": {"use_docker": False}}):
        role = client("iam").create_role(RoleName="retire", AssumeRolePolicyDocument="{}")["Role"]["Arn"]
        code = io.BytesIO()
        with zipfile.ZipFile(code, "w") as bundle:
            bundle.writestr("handler.py", "")
        function = client("lambda").create_function(
            FunctionName="retire",
            Runtime="python3.13",
            Role=role,
            Handler="handler.handle",
            Code={"ZipFile": code.getvalue()},
        )
        written = json.dumps(retire.definition()).replace("${retire}", function["FunctionArn"])
        made = client("stepfunctions").create_state_machine(name="retire", definition=written, roleArn=role)
        yield made["stateMachineArn"]


def ended(machine: str) -> dict[str, Any]:
    """The one execution, when it is over."""
    [listed] = client("stepfunctions").list_executions(stateMachineArn=machine)["executions"]
    until = time.monotonic() + 30
    while time.monotonic() < until:
        seen: dict[str, Any] = client("stepfunctions").describe_execution(executionArn=listed["executionArn"])
        if seen["status"] != "RUNNING":
            return seen
        time.sleep(0.02)
    raise AssertionError(f"it still runs: {listed}")


def test_a_drain_leads_to_a_call_of_retire_with_what_its_handler_must_know(machine: str) -> None:
    StepFunctionsDrains(machine).start("flights", 1, SINCE, SINCE + timedelta(days=7))
    execution = ended(machine)
    assert (execution["status"], execution.get("error")) == ("SUCCEEDED", None)
    told = Event.model_validate(json.loads(execution["output"])["retired"])
    assert (told.model, told.version, told.since) == ("flights", 1, SINCE)


def test_nothing_is_called_before_the_sunset(machine: str) -> None:
    StepFunctionsDrains(machine).start("flights", 1, SINCE, datetime.now(UTC) + timedelta(days=7))
    [listed] = client("stepfunctions").list_executions(stateMachineArn=machine)["executions"]
    history = client("stepfunctions").get_execution_history(executionArn=listed["executionArn"])["events"]
    assert {event["type"] for event in history} <= {"ExecutionStarted", "WaitStateEntered"}
    client("stepfunctions").stop_execution(executionArn=listed["executionArn"])


def test_whatever_goes_wrong_is_tried_again_where_that_may_help_and_ends_with_its_cause() -> None:
    task = STATES["Retire"]
    [passing, crashed], [catch] = task["Retry"], task["Catch"]
    assert (passing["ErrorEquals"], crashed["ErrorEquals"]) == (list(PASSING), list(CRASHED))
    assert (catch["ErrorEquals"], catch["Next"]) == (["States.ALL"], "Failed")
    assert STATES["Failed"]["Error"] in NAMED
    assert STATES["Failed"]["CausePath"].startswith(catch["ResultPath"])


def test_every_way_leads_to_a_state_and_every_state_is_reached() -> None:
    ways = {state["Next"] for state in STATES.values() if "Next" in state}
    caught = {catch["Next"] for catch in STATES["Retire"]["Catch"]}
    assert {retire.definition()["StartAt"]} | ways | caught == set(STATES)
