"""Trigger on the messages that S3, EventBridge and SQS make of an upload."""

import pytest
from aws_lambda_powertools.utilities.batch.exceptions import BatchProcessingError

from shared.domain.change import Noun
from shared.domain.run import Run, RunStatus
from shared.domain.upload import Upload, UploadStatus
from shared.ports.registry import Query
from tests.examples import MODEL
from tests.history import having_applied, having_ended
from tests.integration.wheel.conftest import Event, Wheel, batch, message, recorded

NONE_FAILED: Event = {"batchItemFailures": []}


def told(number: int, file: str, version: str = "1", model: str = MODEL) -> Event:
    """The number-th message of a batch: this file arrived."""
    arrived = {"key": f"{model}/datasets/{file}", "size": 1024, "version-id": version, "sequencer": f"{number:018X}"}
    return message("upload_arrived", number, object=arrived)


def runs(wheel: Wheel) -> list[Run]:
    """Every run of the model."""
    return [item for item in wheel.registry.page(Query(Noun.RUN, MODEL)).items if isinstance(item, Run)]


def uploads(wheel: Wheel, model: str = MODEL) -> list[Upload]:
    """Every upload of the model; "" = the strays."""
    return [item for item in wheel.registry.page(Query(Noun.UPLOAD, model)).items if isinstance(item, Upload)]


def test_an_object_that_arrived_starts_a_run_by_itself(wheel: Wheel) -> None:
    having_applied(wheel.registry)
    assert wheel.call("trigger", recorded("upload_arrived")) == NONE_FAILED
    ([run], [upload]) = (runs(wheel), uploads(wheel))
    assert (run.status, run.uploads, upload.run) == (RunStatus.RUNNING, (upload.id,), run.id)
    assert (upload.place.key, upload.bytes) == ("flights/datasets/january.csv", 7391928)
    assert wheel.executions() == {run.id}


def test_a_message_that_comes_five_times_starts_one_run(wheel: Wheel) -> None:
    having_applied(wheel.registry)
    wheel.call("trigger", batch(*(told(number, "january.csv") for number in range(3))))
    for _ in range(2):
        assert wheel.call("trigger", batch(told(9, "january.csv"))) == NONE_FAILED
    assert len(runs(wheel)) == len(uploads(wheel)) == len(wheel.executions()) == 1


def test_messages_in_any_order_leave_each_upload_in_exactly_one_run(wheel: Wheel) -> None:
    having_applied(wheel.registry)
    newest_first = (told(2, "march.csv"), told(0, "january.csv", "2"), told(1, "january.csv", "1"))
    assert wheel.call("trigger", batch(*newest_first)) == NONE_FAILED
    queued = wheel.registry.model(MODEL).head.queued
    [running] = [run for run in runs(wheel) if run.status is RunStatus.RUNNING]
    assert queued is not None
    assert sorted((*running.uploads, *queued.uploads)) == sorted(upload.id for upload in uploads(wheel))
    assert wheel.executions() == {running.id}


def test_a_message_that_comes_after_its_run_has_ended_starts_nothing(wheel: Wheel) -> None:
    having_applied(wheel.registry)
    wheel.call("trigger", batch(told(0, "january.csv")))
    [run] = runs(wheel)
    having_ended(wheel.registry, run.id)
    assert wheel.call("trigger", batch(told(0, "january.csv"))) == NONE_FAILED
    assert [each.status for each in runs(wheel)] == [RunStatus.REJECTED]


def test_an_object_for_no_model_is_kept_as_a_stray_and_starts_nothing(wheel: Wheel) -> None:
    having_applied(wheel.registry)
    strays = (told(0, "january.csv", model="nobody"), told(1, "january.csv", model="Flights"))
    for _ in range(2):
        assert wheel.call("trigger", batch(*strays)) == NONE_FAILED
    assert [stray.status for stray in uploads(wheel, "")] == [UploadStatus.REFUSED] * 2
    assert (runs(wheel), wheel.executions()) == ([], set())


def test_a_message_that_nobody_can_read_fails_alone(wheel: Wheel) -> None:
    having_applied(wheel.registry)
    unread = {**told(1, "february.csv"), "body": "no JSON"}
    answer = wheel.call("trigger", batch(told(0, "january.csv"), unread))
    assert answer == {"batchItemFailures": [{"itemIdentifier": "message-1"}]}
    assert len(uploads(wheel)) == 1


def test_a_run_whose_machine_could_not_be_asked_starts_when_the_message_comes_again(wheel: Wheel) -> None:
    having_applied(wheel.registry)
    wheel.lose_machine()
    with pytest.raises(BatchProcessingError):
        wheel.call("trigger", batch(told(0, "january.csv")))
    wheel.make_machine()
    assert wheel.call("trigger", batch(told(0, "january.csv"))) == NONE_FAILED
    [run] = runs(wheel)
    assert (run.status, wheel.executions()) == (RunStatus.RUNNING, {run.id})


def test_the_execution_is_told_references_alone(wheel: Wheel) -> None:
    having_applied(wheel.registry)
    wheel.call("trigger", recorded("upload_arrived"))
    [run] = runs(wheel)
    told = {"model": MODEL, "run": run.id, "spec": 1, "begin_at": "data", "version": 0, "dataset": ""}
    assert wheel.given(run.id) == told
