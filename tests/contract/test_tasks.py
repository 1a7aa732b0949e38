"""Tasks: an execution that waits is answered once, under its token; who waits no longer is answered all the same."""

import json
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial

import pytest
from moto import mock_aws

from shared.adapters.clients import client
from shared.adapters.stepfunctions_tasks import StepFunctionsTasks
from shared.ports.tasks import Tasks
from tests.fakes.tasks import MemoryTasks

ROLE = "arn:aws:iam::123456789012:role/wheel"


@dataclass(frozen=True, slots=True)
class Asked:
    """The port, the token of a state that waits, and what came of it: "" goes on, else the error and its cause.

    `stop` ends the execution while it waits, as a person does who cancels or overtakes its run.
    """

    tasks: Tasks
    token: str
    answer: Callable[[], tuple[str, str]]
    stop: Callable[[], object]


def _machine(queue: str) -> str:
    waits = {
        "Type": "Task",
        "Resource": "arn:aws:states:::sqs:sendMessage.waitForTaskToken",
        "Parameters": {"QueueUrl": queue, "MessageBody.$": "$$.Task.Token"},
        "TimeoutSeconds": 30,
        "End": True,
    }
    written = json.dumps({"StartAt": "Approve", "States": {"Approve": waits}})
    made: str = client("stepfunctions").create_state_machine(name="wheel", definition=written, roleArn=ROLE)[
        "stateMachineArn"
    ]
    return made


def _over(execution: str) -> tuple[str, str]:
    """How the execution ended, which may take a moment."""
    for _ in range(200):
        said = client("stepfunctions").describe_execution(executionArn=execution)
        if said["status"] == "ABORTED":
            return "stopped", ""
        if said["status"] != "RUNNING":
            return said.get("error", ""), said.get("cause", "")
        time.sleep(0.05)
    raise AssertionError("the execution waits still")


@pytest.fixture(params=["memory", "stepfunctions"])
def asked(request: pytest.FixtureRequest) -> Iterator[Asked]:
    """A state that waits for its answer."""
    if request.param == "memory":
        tasks = MemoryTasks()
        stopped = partial(tasks.fail, "token", "stopped", "by a person")
        yield Asked(tasks, "token", lambda: tasks.answers["token"], stopped)
        return
    with mock_aws(config={"stepfunctions": {"execute_state_machine": True}, "lambda": {"use_docker": False}}):
        yield _waiting()


def _waiting() -> Asked:
    """An execution whose token has come out of the queue."""
    queue = client("sqs").create_queue(QueueName="tokens")["QueueUrl"]
    execution = client("stepfunctions").start_execution(stateMachineArn=_machine(queue), name="run_1")["executionArn"]
    token = ""
    while not token:
        for message in client("sqs").receive_message(QueueUrl=queue, WaitTimeSeconds=1).get("Messages", ()):
            token = message["Body"]
    stopped = partial(client("stepfunctions").stop_execution, executionArn=execution, error="stopped")
    return Asked(StepFunctionsTasks(), token, lambda: _over(execution), stopped)


def test_an_execution_that_is_told_to_goes_on(asked: Asked) -> None:
    asked.tasks.succeed(asked.token)
    assert asked.answer() == ("", "")


def test_an_execution_that_is_refused_ends_so(asked: Asked) -> None:
    asked.tasks.fail(asked.token, "NotApproved", "lin rejected it")
    assert asked.answer()[0] == "NotApproved"


def test_the_first_answer_counts_and_a_second_is_a_success(asked: Asked) -> None:
    asked.tasks.succeed(asked.token)
    asked.answer()
    asked.tasks.succeed(asked.token)
    assert asked.answer() == ("", "")


def test_a_token_that_nobody_waits_under_is_a_success(asked: Asked) -> None:
    asked.tasks.succeed("another token")
    asked.tasks.succeed(asked.token)
    assert asked.answer() == ("", "")


def test_an_execution_that_was_stopped_is_answered_all_the_same_and_stays_stopped(asked: Asked) -> None:
    asked.stop()
    asked.tasks.succeed(asked.token)
    assert asked.answer()[0] == "stopped"
