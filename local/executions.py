"""Executions outlive the embedded cloud: what ran is started again, whose end nobody may have heard is told of again.

An execution is kept as AWS's account of its status, the detail of its status events, in a file of its own.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from datetime import timedelta
from pathlib import Path
from typing import Any

from local.resources.resource import Cloud
from local.state import write_whole

Detail = Mapping[str, Any]
RUNNING = "RUNNING"

WITHIN = timedelta(minutes=15)
"""Before the newest end: longer than a queue holds a message back after a failure."""


def keep(directory: Path, detail: Detail) -> None:
    """Write down how an execution stands."""
    directory.mkdir(parents=True, exist_ok=True)
    write_whole(directory / f"{_stem(detail)}.json", json.dumps(detail).encode())


def resume(cloud: Cloud, directory: Path) -> tuple[int, int]:
    """Start again, from its first state, each execution that was running, and tell again how the latest ones ended.

    Their verbs are called again as a retry would call them. Older ends are forgotten. How many of both.
    """
    kept = [json.loads(path.read_bytes()) for path in sorted(directory.glob("*.json"))]
    running = [detail for detail in kept if detail["status"] == RUNNING]
    ended = sorted((detail for detail in kept if detail["status"] != RUNNING), key=lambda detail: detail["stopDate"])
    for detail in running:
        cloud.client("stepfunctions").start_execution(
            stateMachineArn=detail["stateMachineArn"], name=detail["name"], input=detail["input"]
        )
    young = [detail for detail in ended if ended[-1]["stopDate"] - detail["stopDate"] <= WITHIN / _MS]
    for detail in ended[: len(ended) - len(young)]:
        (directory / f"{_stem(detail)}.json").unlink()
    _tell(cloud, young)
    return len(running), len(young)


_MS = timedelta(milliseconds=1)


def _tell(cloud: Cloud, ended: Iterable[Detail]) -> None:
    for detail in ended:
        event = {"Source": "aws.states", "DetailType": "Step Functions Execution Status Change"}
        cloud.client("events").put_events(
            Entries=[{**event, "Resources": [detail["executionArn"]], "Detail": json.dumps(detail)}]
        )


def _stem(detail: Detail) -> str:
    return hashlib.sha256(str(detail["executionArn"]).encode()).hexdigest()[:40]
