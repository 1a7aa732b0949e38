"""Close: a run whose machine ended gets a named end, and the queued one starts."""

import json

import pytest

from shared.domain.execution import Execution, State
from shared.domain.run import RunStatus
from tests.unit.lifecycle.world import World

REJECTED = Execution(
    State.FAILED, "data_rejected", json.dumps({"errorType": "DataRejected", "errorMessage": "no rows"})
)


@pytest.mark.parametrize(
    ("execution", "status", "code", "detail"),
    [
        (REJECTED, RunStatus.REJECTED, "data_rejected", "no rows"),
        (Execution(State.FAILED, "gate_failed", "roc_auc is low"), RunStatus.REJECTED, "gate_failed", "roc_auc is low"),
        (Execution(State.FAILED, "error", "it broke"), RunStatus.FAILED, "error", "it broke"),
        (Execution(State.FAILED), RunStatus.FAILED, "error", "its machine failed at no end of its own"),
        (Execution(State.TIMED_OUT), RunStatus.FAILED, "timed_out", "its machine ran out of time"),
        (Execution(State.ABORTED), RunStatus.FAILED, "stopped", "its machine was stopped from outside"),
        (Execution(State.SUCCEEDED), RunStatus.SUCCEEDED, "registered", "its version waits for treadle promote"),
    ],
)
def test_every_end_of_the_machine_is_a_named_end_of_the_run(
    execution: Execution, status: RunStatus, code: str, detail: str
) -> None:
    world = World()
    world.applied()
    run = world.arrives().run
    world.ends(run, execution)
    ended = world.run(run)
    assert (ended.status, ended.reason.code, ended.reason.detail) == (status, code, detail)
    assert world.model().head.running is None


def test_an_end_that_is_told_twice_is_written_once() -> None:
    world = World()
    world.applied()
    run = world.arrives().run
    world.ends(run, REJECTED)
    revision = world.model().head.revision
    world.ends(run, Execution(State.SUCCEEDED))
    assert world.run(run).status is RunStatus.REJECTED
    assert world.model().head.revision == revision


def test_the_queued_run_starts_with_todays_spec_and_all_its_uploads() -> None:
    world = World()
    world.applied()
    first = world.arrives("january.csv").run
    queued = world.arrives("february.csv").run
    world.arrives("march.csv")
    world.applied({"about": "a newer spec"})
    world.ends(first)
    started = world.run(queued)
    assert (started.status, started.spec, len(started.uploads)) == (RunStatus.RUNNING, 2, 2)
    assert list(world.wheel.started) == [first, queued]
