"""The story's executions are far from what Step Functions allows: 25,000 events a history, 256 KB a payload."""

from collections.abc import Iterator, Sequence
from typing import Any

import boto3
import pytest

from samples.story import Played, Scene

MOST_EVENTS, MOST_BYTES = 1_000, 32 * 1024


@pytest.fixture
def histories(told: Sequence[Played], scene: Scene) -> list[list[Any]]:
    """The events of every execution of the whole story."""
    here = scene.client.profile
    machines: Any = boto3.client(
        "stepfunctions",
        endpoint_url=here.aws_endpoint_url,
        region_name=here.region,
        aws_access_key_id="local",
        aws_secret_access_key="local",
    )
    executions = [
        execution["executionArn"]
        for machine in machines.list_state_machines()["stateMachines"]
        for execution in machines.list_executions(stateMachineArn=machine["stateMachineArn"])["executions"]
    ]
    pages = machines.get_paginator("get_execution_history").paginate
    return [[event for page in pages(executionArn=one) for event in page["events"]] for one in executions]


def test_no_history_comes_near_its_limit(histories: list[list[Any]]) -> None:
    assert len(histories) >= 5
    assert max(map(len, histories)) <= MOST_EVENTS


def test_what_states_hand_on_is_small(histories: list[list[Any]]) -> None:
    assert 0 < max(_payloads(histories)) <= MOST_BYTES


def _payloads(histories: list[list[Any]]) -> Iterator[int]:
    """Bytes of every input and output."""
    for event in (event for history in histories for event in history):
        for details in (value for name, value in event.items() if name.endswith("Details")):
            yield from (len(details[name].encode()) for name in ("input", "output") if name in details)
