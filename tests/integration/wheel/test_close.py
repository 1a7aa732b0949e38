"""Close on the messages that EventBridge and SQS make of a machine's end."""

import pytest

from shared.domain.errors import NotFound
from shared.domain.run import RunStatus
from tests.examples import MODEL
from tests.history import NEXT, having_applied, having_promoted, having_received, having_registered
from tests.integration.wheel.conftest import RUN, Wheel, recorded

ENDS = [
    ("succeeded", RunStatus.SUCCEEDED, "registered", "its version waits for treadle promote"),
    ("data_rejected", RunStatus.REJECTED, "data_rejected", "24 of 200 rows are rejected, 1 % may be"),
    ("gate_failed", RunStatus.REJECTED, "gate_failed", "roc_auc is below 0.6: 0.5512 (0.5311 to 0.5713)"),
    ("error", RunStatus.FAILED, "error", "the store did not answer in time"),
    (
        "step_timed_out",
        RunStatus.FAILED,
        "timed_out",
        "data took over 900 s: raise memory_mb.data in cdk.json, for more processors",
    ),
    (
        "out_of_memory",
        RunStatus.FAILED,
        "out_of_memory",
        "train was killed, most often out of memory: raise memory_mb.train in cdk.json",
    ),
    ("disk_full", RunStatus.FAILED, "disk_full", "the disk of data is full: raise disk_mb.data in cdk.json"),
    ("timed_out", RunStatus.FAILED, "timed_out", "its machine ran out of time"),
    ("aborted", RunStatus.FAILED, "stopped", "its machine was stopped from outside; stopped: by hand in the console"),
]


def ended(wheel: Wheel, how: str) -> list[str]:
    """The machine's end is told; how the run stands then."""
    answer: dict[str, list[str]] = wheel.call("close", recorded(f"machine_ended_{how}"))
    return answer["runs"]


@pytest.mark.parametrize(("how", "status", "code", "detail"), ENDS)
def test_every_end_of_the_machine_is_a_named_end_of_the_run(
    wheel: Wheel, how: str, status: RunStatus, code: str, detail: str
) -> None:
    having_applied(wheel.registry)
    having_received(wheel.registry, "january", RUN)
    assert ended(wheel, how) == [status]
    run = wheel.run(RUN)
    assert (run.status, run.reason.code, run.reason.detail) == (status, code, detail)
    assert wheel.registry.model(MODEL).head.running is None


def test_an_end_that_is_told_twice_or_contradicted_is_written_once(wheel: Wheel) -> None:
    having_applied(wheel.registry)
    having_received(wheel.registry, "january", RUN)
    ended(wheel, "data_rejected")
    revision = wheel.registry.model(MODEL).head.revision
    assert ended(wheel, "data_rejected") == ended(wheel, "succeeded") == [RunStatus.REJECTED]
    assert (wheel.run(RUN).reason.code, wheel.registry.model(MODEL).head.revision) == ("data_rejected", revision)


def test_an_end_that_comes_after_a_person_has_promoted_changes_nothing(wheel: Wheel) -> None:
    having_applied(wheel.registry)
    having_received(wheel.registry, "january", RUN, 1)
    having_promoted(wheel.registry, having_registered(wheel.registry, RUN, 2), 3)
    assert ended(wheel, "error") == [RunStatus.CANCELLED]
    assert wheel.run(RUN).reason.code == "overtaken"


def test_the_queued_run_starts_when_the_one_before_it_has_ended(wheel: Wheel) -> None:
    having_applied(wheel.registry)
    having_received(wheel.registry, "january", RUN, 1)
    having_received(wheel.registry, "february", NEXT, 2)
    ended(wheel, "succeeded")
    started = wheel.run(NEXT)
    assert (started.status, len(started.uploads), wheel.executions()) == (RunStatus.RUNNING, 1, {NEXT})


def test_an_old_end_that_is_told_again_leaves_the_next_run_alone(wheel: Wheel) -> None:
    having_applied(wheel.registry)
    having_received(wheel.registry, "january", RUN, 1)
    having_received(wheel.registry, "february", NEXT, 2)
    ended(wheel, "data_rejected")
    revision = wheel.registry.model(MODEL).head.revision
    assert ended(wheel, "aborted") == [RunStatus.REJECTED]
    assert (wheel.run(NEXT).status, wheel.registry.model(MODEL).head.revision) == (RunStatus.RUNNING, revision)


def test_an_end_of_a_run_that_nobody_knows_is_an_error_and_comes_again(wheel: Wheel) -> None:
    having_applied(wheel.registry)
    with pytest.raises(NotFound):
        ended(wheel, "succeeded")
