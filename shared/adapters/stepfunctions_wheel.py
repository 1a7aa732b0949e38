"""The wheel on Step Functions: one execution a run, named by it."""

import json
from typing import TYPE_CHECKING

from botocore.exceptions import ClientError

from shared.adapters.clients import answering, client, code_of
from shared.domain.errors import NotFound, Problem
from shared.domain.execution import Execution, State
from shared.domain.run import Run

if TYPE_CHECKING:
    from mypy_boto3_stepfunctions import SFNClient

LONGEST_CAUSE = 32_768
STATES = {"PENDING_REDRIVE": State.RUNNING}
"""AWS's words that are none of ours."""


class StepFunctionsWheel:
    """One standard state machine, whose executions belong to it by name."""

    def __init__(self, machine: str) -> None:
        self._machine = machine
        self._client: SFNClient = client("stepfunctions")

    def start(self, run: Run) -> None:
        """Start the run's execution; one that has started already is a success. Raises Unavailable."""
        try:
            with answering("the wheel"):
                self._client.start_execution(stateMachineArn=self._machine, name=run.id, input=_told(run))
        except ClientError as refused:
            if code_of(refused) != "ExecutionAlreadyExists":
                raise

    def stop(self, run: str, why: str) -> None:
        """Stop the run's execution; one that has ended already, or never was, is a success. Raises Unavailable."""
        if self.execution(run).state is not State.RUNNING:
            return
        with answering("the wheel"):
            self._client.stop_execution(executionArn=self._arn(run), error="stopped", cause=why[:LONGEST_CAUSE])

    def execution(self, run: str) -> Execution:
        """How the run's execution stands; raises Unavailable."""
        try:
            with answering("the wheel"):
                answer = self._client.describe_execution(executionArn=self._arn(run))
        except ClientError as refused:
            if code_of(refused) == "ExecutionDoesNotExist":
                return Execution(State.MISSING)
            raise
        state = STATES.get(answer["status"]) or State(answer["status"])
        return Execution(state, answer.get("error", ""), answer.get("cause", ""))

    def running(self) -> frozenset[str]:
        """The runs whose executions go on, by name; raises Unavailable."""
        pages = self._client.get_paginator("list_executions").paginate(
            stateMachineArn=self._machine, statusFilter="RUNNING"
        )
        with answering("the wheel"):
            return frozenset(execution["name"] for page in pages for execution in page["executions"])

    def model(self, run: str) -> str:
        """The model that the run's execution was started for; raises NotFound, Unavailable."""
        try:
            with answering("the wheel"):
                told = self._client.describe_execution(executionArn=self._arn(run))["input"]
        except ClientError as refused:
            if code_of(refused) == "ExecutionDoesNotExist":
                raise NotFound(f"no execution {run[:40]}", Problem("/run", "never started", got=run[:99])) from refused
            raise
        return str(dict(json.loads(told)).get("model", ""))

    def _arn(self, run: str) -> str:
        return f"{self._machine.replace(':stateMachine:', ':execution:')}:{run}"


def _told(run: Run) -> str:
    """What the machine begins with: which run, where to begin, and the version that it is about (0 for none)."""
    begins = {"begin_at": run.begin_at, "version": run.version, "dataset": run.dataset}
    return json.dumps({"model": run.model, "run": run.id, "spec": run.spec, **begins})
