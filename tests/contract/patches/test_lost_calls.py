"""A call that nobody answers is an error that machines try again."""

from __future__ import annotations

from typing import Any

from tests.contract.patches.aws_words import make_machine, run_machine
from tests.contract.patches.servers import ACCOUNT, RecordingFront, free_port, patched, run_python

CALL: dict[str, Any] = {"Type": "Task", "Resource": f"arn:aws:lambda:us-east-1:{ACCOUNT}:function:gone"}
UNPATCHED = """
from types import SimpleNamespace
from botocore.exceptions import ConnectionClosedError
from moto.stepfunctions.parser.asl.component.state.exec.state_task.state_task_lambda import StateTaskLambda
lost = ConnectionClosedError(endpoint_url="http://127.0.0.1:1")
env = SimpleNamespace(next_state_name="Calls", event_history_context=SimpleNamespace(source_event_id=1))
print(StateTaskLambda._from_error(SimpleNamespace(), env, lost).error_name.error_name)
"""


def test_a_call_that_nobody_answers_has_the_name_that_aws_gives_it(tmp_path: Any) -> None:
    assert run_python(UNPATCHED) == "States.TaskFailed"
    nobody = RecordingFront(f"http://127.0.0.1:{free_port()}")
    with patched(nobody, tmp_path) as moto:
        execution = run_machine(moto, make_machine(moto, "calls", CALL), "one")
    assert (execution["status"], execution["error"]) == ("FAILED", "Lambda.SdkClientException")


def test_a_call_that_nobody_answers_can_be_caught_by_that_name(tmp_path: Any) -> None:
    again = [{"ErrorEquals": ["Lambda.SdkClientException"], "IntervalSeconds": 1, "MaxAttempts": 1}]
    nobody = RecordingFront(f"http://127.0.0.1:{free_port()}")
    with patched(nobody, tmp_path) as moto:
        machine = make_machine(moto, "retries", {**CALL, "Retry": again})
        execution = run_machine(moto, machine, "one")
    assert (execution["stopDate"] - execution["startDate"]).total_seconds() >= 1
