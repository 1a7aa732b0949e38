"""Metrics that AWS's services give of themselves and moto does not: queue lengths, ends of executions."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING

from local.clockwork.series import Datum, Metric

if TYPE_CHECKING:
    from mypy_boto3_sqs import SQSClient
    from mypy_boto3_sqs.literals import QueueAttributeNameType
    from mypy_boto3_stepfunctions import SFNClient
    from mypy_boto3_stepfunctions.literals import ExecutionStatusType

_AWS_EVERY_S = 60.0
_LEAST_S = 5.0  # a reading costs a call a queue: more often would be felt on two cores
_SHORTEST_S = 0.4
_QUEUE: dict[str, QueueAttributeNameType] = {
    "ApproximateNumberOfMessagesVisible": "ApproximateNumberOfMessages",
    "ApproximateNumberOfMessagesNotVisible": "ApproximateNumberOfMessagesNotVisible",
    "ApproximateNumberOfMessagesDelayed": "ApproximateNumberOfMessagesDelayed",
}
_EXECUTIONS: dict[str, ExecutionStatusType] = {
    "ExecutionsFailed": "FAILED",
    "ExecutionsTimedOut": "TIMED_OUT",
    "ExecutionsAborted": "ABORTED",
    "ExecutionsSucceeded": "SUCCEEDED",
}


class Gauges:
    """Reads the gauges that alarms watch, and no others.

    A queue's length holds until it is read again, so that an alarm with short periods does not flap in between.
    """

    def __init__(
        self,
        watched: Iterable[Metric],
        sqs: SQSClient,
        machines: SFNClient,
        add: Callable[[Sequence[Datum]], None],
        tempo: float,
    ) -> None:
        watched = frozenset(watched)
        self._queues = [one for one in watched if one.namespace == "AWS/SQS" and one.name in _QUEUE]
        self._machines = [one for one in watched if one.namespace == "AWS/States" and one.name in _EXECUTIONS]
        self._sqs = sqs
        self._sfn = machines
        self._add = add
        self._read_every_s = max(_AWS_EVERY_S / tempo, _LEAST_S)
        self._tell_every_s = max(_AWS_EVERY_S / tempo / 2, _SHORTEST_S)
        self._read_at = -self._read_every_s
        self._urls: dict[str, str] = {}
        self._lengths: dict[Metric, float] = {}
        self._ended: dict[Metric, int] = {}

    def step(self) -> float:
        """Tell each gauge once, reading those that are due."""
        if time.monotonic() - self._read_at >= self._read_every_s:
            self._lengths = {one: self._length(one) for one in self._queues}
            self._add([Datum(one, time.time(), self._newly_ended(one), "Count") for one in self._machines])
            self._read_at = time.monotonic()
        now = time.time()
        self._add([Datum(one, now, length, "Count") for one, length in self._lengths.items()])
        return self._tell_every_s

    def _length(self, one: Metric) -> float:
        attribute, name = _QUEUE[one.name], dict(one.dimensions)["QueueName"]
        if name not in self._urls:
            self._urls[name] = self._sqs.get_queue_url(QueueName=name)["QueueUrl"]
        answer = self._sqs.get_queue_attributes(QueueUrl=self._urls[name], AttributeNames=[attribute])
        return float(answer["Attributes"][attribute])

    def _newly_ended(self, one: Metric) -> float:
        arn = dict(one.dimensions)["StateMachineArn"]
        answer = self._sfn.list_executions(stateMachineArn=arn, statusFilter=_EXECUTIONS[one.name])
        count = len(answer["executions"])
        newly = count - self._ended.get(one, 0)
        self._ended[one] = count
        return float(newly)
