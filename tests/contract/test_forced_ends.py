"""Ends that need force: the real machine, run by the embedded cloud over functions that are killed, slow or full."""

import json
from collections.abc import Iterator
from dataclasses import replace
from typing import Any
from uuid import uuid4

import pytest

from local.deployment import Deployment
from shared.domain.execution import Execution, State
from shared.domain.run import RunStatus
from stacks.wheel import learn
from tests.contract.live_cloud import ACCOUNT, CHECKOUT, REGION, Cloud, eventually, front, function, moto

HANDLERS = """
import os, pathlib, signal, sys, time
from shared.domain import exhausted

class SearchFailed(Exception):
    "What the step after data says, so that it is seen to be reached."

def hasty(event, context):
    time.sleep(60)

def greedy(event, context):
    held = b"x" * (700 * 1024 * 1024)
    time.sleep(60)

def mortal(event, context):
    '''Killed at the first two calls.'''
    lives = pathlib.Path(__file__).with_name("lives")
    taken = len(lives.read_text()) if lives.exists() else 0
    if taken < 2:
        lives.write_text("x" * (taken + 1))
        os.kill(os.getpid(), signal.SIGKILL)
    return {"dataset": "ds_1"}

def full(event, context):
    with exhausted.told_for("data"):
        if sys.platform != "linux":
            raise OSError(28, "No space left on device")
        pathlib.Path("/dev/full").write_bytes(b"x")

def crowded(event, context):
    with exhausted.told_for("data"):
        bytearray(2**62)

def rest(event, context):
    raise SearchFailed("no candidate could be trained")
"""
SEEN = ("hasty", "greedy", "mortal", "full", "crowded", "rest")


@pytest.fixture(scope="module")
def cloud(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cloud]:
    """Functions that end by force; each has 512 MB, hasty a second."""
    tmp = tmp_path_factory.mktemp("cloud")
    (tmp / "handlers.py").write_text(HANDLERS)
    path = {"PYTHONPATH": f"{tmp}:{CHECKOUT}"}
    made = [replace(function(name, tmp, f"handlers.{name}"), environment=path) for name in SEEN]
    functions = tuple(replace(one, timeout_s=1) if one.name == "hasty" else one for one in made)
    with (
        moto(tmp, dynamodb="http://127.0.0.1:2") as running,
        front(running, Deployment(REGION, ACCOUNT, functions=functions)),
    ):
        yield running


def _end_where_data_is(cloud: Cloud, name: str) -> tuple[RunStatus, str, str]:
    """The machine runs with this function for data; what close makes of its end."""
    written = json.dumps(learn.definition(2))
    for verb in learn.LIMITS_S:
        called = name if verb == "data" else "rest"
        written = written.replace(f"${{{verb}}}", f"arn:aws:lambda:{REGION}:{ACCOUNT}:function:{called}")
    states = cloud.client("stepfunctions")
    role = f"arn:aws:iam::{ACCOUNT}:role/machine"
    machine = states.create_state_machine(name=f"{name}-{uuid4().hex}", definition=written, roleArn=role)
    told = json.dumps({"model": "flights", "run": "run_1", "spec": 1, "begin_at": "data"})
    arn = states.start_execution(stateMachineArn=machine["stateMachineArn"], input=told, name="run_1")["executionArn"]

    def described() -> Any:
        return states.describe_execution(executionArn=arn)

    eventually(lambda: described()["status"] != "RUNNING")
    over = described()
    status, reason = Execution(State(over["status"]), over.get("error", ""), over.get("cause", "")).end()
    return status, reason.code, reason.detail


def test_a_step_over_its_time_says_which_and_what_to_raise(cloud: Cloud) -> None:
    told = "data took over 900 s: raise memory_mb.data in cdk.json, for more processors"
    assert _end_where_data_is(cloud, "hasty") == (RunStatus.FAILED, "timed_out", told)


def test_a_step_over_its_memory_says_which_and_what_to_raise(cloud: Cloud) -> None:
    told = "data was killed, most often out of memory: raise memory_mb.data in cdk.json"
    assert _end_where_data_is(cloud, "greedy") == (RunStatus.FAILED, "out_of_memory", told)
    eventually(lambda: cloud.printed("greedy").count("Max Memory Used: 512 MB") == 3)


def test_a_step_that_is_killed_twice_fails_no_run(cloud: Cloud) -> None:
    assert _end_where_data_is(cloud, "mortal") == (RunStatus.FAILED, "search_failed", "no candidate could be trained")


def test_a_step_on_a_full_disk_says_which_and_what_to_raise(cloud: Cloud) -> None:
    told = "the disk of data is full: raise disk_mb.data in cdk.json"
    assert _end_where_data_is(cloud, "full") == (RunStatus.FAILED, "disk_full", told)


def test_a_step_that_python_gives_no_memory_says_which_and_what_to_raise(cloud: Cloud) -> None:
    told = "data is out of memory: raise memory_mb.data in cdk.json"
    assert _end_where_data_is(cloud, "crowded") == (RunStatus.FAILED, "out_of_memory", told)
