"""Wheel: a run has one execution, however often it is started."""

import json

import pytest

from shared.adapters.clients import client
from shared.adapters.stepfunctions_wheel import StepFunctionsWheel
from shared.domain.errors import NotFound
from shared.domain.execution import Execution, State
from shared.domain.order import Order
from shared.domain.run import Cause, CauseKind, Run, RunStatus
from shared.ports.wheel import Wheel
from tests.examples import MODEL, NOON
from tests.fakes.wheel import MemoryWheel

WAITS = json.dumps({"StartAt": "Bake", "States": {"Bake": {"Type": "Wait", "Seconds": 9, "End": True}}})
ROLE = "arn:aws:iam::123456789012:role/wheel"


def a_run(name: str = "run_1") -> Run:
    cause = Cause(CauseKind.COMMAND, Order("cmd_1", "ada", "again").id)
    return Run(MODEL, name, cause, "ada", NOON, 3, (), "ds_1", RunStatus.RUNNING, NOON)


def a_machine() -> str:
    machine: str = client("stepfunctions").create_state_machine(name="wheel", definition=WAITS, roleArn=ROLE)[
        "stateMachineArn"
    ]
    return machine


@pytest.fixture(params=["memory", "stepfunctions"])
def wheel(request: pytest.FixtureRequest) -> Wheel:
    """A wheel on which every execution goes on until it is stopped."""
    if request.param == "memory":
        return MemoryWheel()
    request.getfixturevalue("aws")
    return StepFunctionsWheel(a_machine())


def test_a_run_that_was_never_started_is_missing(wheel: Wheel) -> None:
    assert wheel.execution("run_1") == Execution(State.MISSING)


def test_a_started_run_runs_and_no_other(wheel: Wheel) -> None:
    wheel.start(a_run())
    assert [wheel.execution(run).state for run in ("run_1", "run_2")] == [State.RUNNING, State.MISSING]


def test_a_run_started_twice_has_started_once(wheel: Wheel) -> None:
    wheel.start(a_run())
    wheel.start(a_run())
    assert wheel.execution("run_1") == Execution(State.RUNNING)


def test_a_stopped_run_is_aborted_and_stays_so(wheel: Wheel) -> None:
    wheel.start(a_run())
    wheel.stop("run_1", "cancelled")
    wheel.start(a_run())
    wheel.stop("run_1", "cancelled once more")
    assert wheel.execution("run_1").state is State.ABORTED


def test_stopping_a_run_that_never_began_is_a_success(wheel: Wheel) -> None:
    wheel.stop("run_1", "cancelled")
    assert wheel.execution("run_1") == Execution(State.MISSING)


def test_the_executions_that_go_on_are_listed_by_the_names_of_their_runs(wheel: Wheel) -> None:
    assert wheel.running() == frozenset()
    for run in ("run_1", "run_2", "run_3"):
        wheel.start(a_run(run))
    wheel.stop("run_2", "cancelled")
    assert wheel.running() == {"run_1", "run_3"}


def test_an_execution_knows_the_model_that_it_was_started_for(wheel: Wheel) -> None:
    wheel.start(a_run())
    assert wheel.model("run_1") == MODEL
    with pytest.raises(NotFound):
        wheel.model("run_2")


def test_an_execution_is_given_references_and_where_to_begin(aws: None) -> None:
    machine = a_machine()
    StepFunctionsWheel(machine).start(a_run())
    (execution,) = client("stepfunctions").list_executions(stateMachineArn=machine)["executions"]
    given = client("stepfunctions").describe_execution(executionArn=execution["executionArn"])["input"]
    told = {"model": MODEL, "run": "run_1", "spec": 3, "begin_at": "data", "version": 0, "dataset": "ds_1"}
    assert json.loads(given) == told
