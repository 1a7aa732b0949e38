"""Sweep on its hourly event: what S3, Step Functions and the registry say is brought together again."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from botocore.exceptions import ClientError
from moto.core import DEFAULT_ACCOUNT_ID
from moto.s3.models import s3_backends

from shared.adapters.clients import client
from shared.domain.change import Noun
from shared.domain.run import Run, RunStatus
from shared.ports.registry import Query
from tests.examples import MODEL
from tests.history import NEXT, having_applied, having_received
from tests.integration.wheel.conftest import MACHINE, RUN, Wheel, batch, recorded

KEY = "flights/datasets/january.csv"


def swept(wheel: Wheel) -> Any:
    """An hour is over."""
    return wheel.call("sweep", recorded("schedule_hour"))


NOTHING = dict.fromkeys(("uploads", "refused", "captures", "approvals", "started", "ended", "stopped", "drains"), 0)


def found(**counts: int | list[str]) -> dict[str, int | list[str]]:
    """What sweep says that it found."""
    return {**NOTHING, "leftovers": [], **counts}


def uploaded(age: timedelta, key: str = KEY) -> None:
    """An object came so long ago, and no event told of it."""
    client("s3").put_object(Bucket="data", Key=key, Body=b"rows")
    came = (datetime.now(UTC) - age).replace(tzinfo=None)  # moto's own instants have no zone
    s3_backends[DEFAULT_ACCOUNT_ID]["aws"].buckets["data"].keys[key].last_modified = came


def test_an_upload_that_nobody_heard_of_is_announced_so_that_trigger_takes_it(wheel: Wheel) -> None:
    having_applied(wheel.registry)
    uploaded(timedelta(hours=1))
    assert swept(wheel) == found(uploads=1)
    [told] = client("sqs").receive_message(QueueUrl=wheel.uploads)["Messages"]
    record = {**recorded("upload_arrived")["Records"][0], "body": told["Body"]}
    assert wheel.call("trigger", batch(record)) == {"batchItemFailures": []}
    [run] = wheel.registry.page(Query(Noun.RUN, MODEL)).items
    assert isinstance(run, Run)
    assert (run.status, wheel.executions()) == (RunStatus.RUNNING, {run.id})
    assert swept(wheel) == found()


def test_an_upload_of_this_minute_is_left_to_its_event(wheel: Wheel) -> None:
    having_applied(wheel.registry)
    uploaded(timedelta(seconds=30))
    assert swept(wheel)["uploads"] == 0


def test_an_upload_for_no_model_is_announced_until_trigger_keeps_it_as_a_stray(wheel: Wheel) -> None:
    uploaded(timedelta(hours=1), "nobody/datasets/january.csv")
    assert swept(wheel) == found(uploads=1)
    [told] = client("sqs").receive_message(QueueUrl=wheel.uploads)["Messages"]
    wheel.call("trigger", batch({**recorded("upload_arrived")["Records"][0], "body": told["Body"]}))
    assert swept(wheel) == found()


def test_captured_rows_that_were_never_counted_are_announced_so_that_fold_takes_them(wheel: Wheel) -> None:
    hour = datetime.now(UTC) - timedelta(hours=2)
    key = f"captured/{hour:%Y/%m/%d/%H}/treadle-captures-1-{hour:%Y-%m-%d-%H-%M-%S}-a"
    client("s3").put_object(Bucket="captures", Key=key, Body=b"")
    assert swept(wheel) == found(captures=1)
    [told] = client("sqs").receive_message(QueueUrl=wheel.captures)["Messages"]
    record = {**recorded("upload_arrived")["Records"][0], "body": told["Body"]}
    assert wheel.call("fold", batch(record)) == {"batchItemFailures": []}
    assert swept(wheel) == found()


def test_a_run_whose_execution_never_began_is_started(wheel: Wheel) -> None:
    having_applied(wheel.registry)
    having_received(wheel.registry, "january", RUN)
    assert swept(wheel) == found(started=1)
    assert wheel.given(RUN) == {"model": MODEL, "run": RUN, "spec": 1, "begin_at": "data", "version": 0, "dataset": ""}
    assert swept(wheel) == found()


def test_a_run_whose_end_was_lost_ends_with_the_executions_own_words(wheel: Wheel) -> None:
    having_applied(wheel.registry)
    having_received(wheel.registry, "january", RUN)
    swept(wheel)
    execution = f"{MACHINE.replace(':stateMachine:', ':execution:')}:{RUN}"
    client("stepfunctions").stop_execution(executionArn=execution, error="stopped", cause="by hand")
    assert swept(wheel) == found(ended=1)
    run = wheel.run(RUN)
    assert (run.status, run.reason.code) == (RunStatus.FAILED, "stopped")
    assert wheel.call("close", recorded("machine_ended_aborted")) == {"runs": [RunStatus.FAILED]}
    assert wheel.run(RUN) == run


def test_a_machine_that_is_gone_holds_no_upload_up(wheel: Wheel) -> None:
    having_applied(wheel.registry)
    having_received(wheel.registry, "january", RUN, 1)
    having_received(wheel.registry, "february", NEXT, 2)
    uploaded(timedelta(hours=1), "flights/datasets/march.csv")
    wheel.lose_machine()
    with pytest.raises(ClientError, match="StateMachineDoesNotExist"):
        swept(wheel)
    assert len(wheel.messages(wheel.uploads)) == 1
