"""Drains on Step Functions: one execution a version, instant of its replacement and sunset, named by them."""

import json
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from botocore.exceptions import ClientError

from shared.adapters.clients import answering, client, code_of

if TYPE_CHECKING:
    from mypy_boto3_stepfunctions import SFNClient


class StepFunctionsDrains:
    """One standard state machine, which waits and then calls retire."""

    def __init__(self, machine: str) -> None:
        self._machine = machine
        self._client: SFNClient = client("stepfunctions")

    def start(self, model: str, version: int, since: datetime, sunset: datetime) -> None:
        """Begin to wait; one that has begun already is a success. Raises Unavailable."""
        name = f"{model}-{version}-{_milliseconds(since)}-{_milliseconds(sunset)}"
        given = {"model": model, "version": version, "since": since.isoformat(), "sunset": _whole_seconds(sunset)}
        try:
            with answering("the wheel"):
                self._client.start_execution(stateMachineArn=self._machine, name=name, input=json.dumps(given))
        except ClientError as refused:
            if code_of(refused) != "ExecutionAlreadyExists":
                raise


def _milliseconds(at: datetime) -> int:
    """13 digits: with a model's 40 letters, a name stays under the 80 that it may have."""
    return int(at.timestamp() * 1000)


def _whole_seconds(at: datetime) -> str:
    """As a state waits for it: in UTC with a Z, never earlier than the instant itself."""
    full = at.replace(microsecond=0)
    return f"{full if full == at else full + timedelta(seconds=1):%Y-%m-%dT%H:%M:%SZ}"
