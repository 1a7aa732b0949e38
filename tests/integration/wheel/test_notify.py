"""Notify on the records that the table's stream makes of the outbox."""

import json
from dataclasses import replace
from typing import Any

import pytest
from pydantic import ValidationError

from shared.adapters.clients import client
from shared.domain.change import Fact
from shared.domain.dataset import Reject
from shared.domain.upload import UploadStatus
from tests import examples
from tests.history import having_applied, having_ended, having_received
from tests.integration.wheel.conftest import RUN, Wheel, batch, recorded

OWNER, PLATFORM = "a@example.com", "platform@example.com"


def image(name: str) -> dict[str, Any]:
    """The item of a recorded stream event."""
    written: dict[str, Any] = recorded(name)["Records"][0]["dynamodb"]["NewImage"]
    return written


def rejected(wheel: Wheel) -> None:
    """January's run was rejected, as the recorded events tell; its data step has named a bad cell."""
    having_applied(wheel.registry)
    having_received(wheel.registry, "january", RUN, 1)
    bad = Reject(17, "distance", "far away", "a number")
    step = replace(examples.step(RUN, "data"), rejects=(bad,))
    wheel.registry.commit(Fact(step, fence=RUN))
    having_ended(wheel.registry, RUN, 2)


def emitted(wheel: Wheel) -> list[tuple[str, str]]:
    """Id and type of the events on the bus."""
    return [(told["detail"]["id"], told["detail-type"]) for told in wheel.messages(wheel.events)]


def test_the_recorded_items_are_what_the_registry_writes(wheel: Wheel, table: str) -> None:
    rejected(wheel)
    wheel.registry.commit(Fact(_stray()))
    for name in ("stream_spec_applied", "stream_run_rejected", "stream_stray_upload"):
        place = {part: image(name)[part] for part in ("PK", "SK")}
        assert client("dynamodb").get_item(TableName=table, Key=place)["Item"] == image(name)


def test_a_specs_owners_hear_of_what_comes_of_its_runs(wheel: Wheel) -> None:
    rejected(wheel)
    assert wheel.call("notify", recorded("stream_spec_applied")) == {"told": 1}
    assert wheel.call("notify", recorded("stream_run_rejected")) == {"told": 1}
    [letter] = wheel.letters(OWNER)
    for word in ("flights", RUN, "january.csv", "17", "distance", "far away", "a number", "roc_auc is too low"):
        assert word in letter
    assert [kind for _, kind in emitted(wheel)] == ["spec.applied", "run.rejected"]


def test_a_record_that_comes_twice_is_the_same_event(wheel: Wheel) -> None:
    rejected(wheel)
    for _ in range(2):
        wheel.call("notify", recorded("stream_run_rejected"))
    first, second = emitted(wheel)
    assert first == second


def test_a_letter_before_anybody_listens_holds_nothing_up(wheel: Wheel) -> None:
    rejected(wheel)
    assert wheel.call("notify", recorded("stream_run_rejected")) == {"told": 1}
    assert wheel.letters(OWNER) == []


def test_records_of_one_batch_are_told_in_their_order(wheel: Wheel) -> None:
    rejected(wheel)
    records = [recorded(name)["Records"][0] for name in ("stream_spec_applied", "stream_run_rejected")]
    assert wheel.call("notify", batch(*records)) == {"told": 2}
    assert [kind for _, kind in emitted(wheel)] == ["spec.applied", "run.rejected"]
    assert len(wheel.letters(OWNER)) == 1


def test_the_platforms_owners_hear_of_a_stray_upload(wheel: Wheel) -> None:
    wheel.registry.commit(Fact(_stray()))
    assert wheel.call("notify", recorded("stream_stray_upload")) == {"told": 1}
    [letter] = wheel.letters(PLATFORM)
    for word in ("nobody/datasets/january.csv", "there is no model nobody"):
        assert word in letter
    assert (wheel.letters(OWNER), emitted(wheel)) == ([], [])


def test_a_record_that_is_no_letter_of_ours_is_refused_as_a_whole(wheel: Wheel) -> None:
    event = recorded("stream_run_rejected")
    event["Records"][0]["dynamodb"]["NewImage"]["body"] = {"S": json.dumps({"receipt": "none"})}
    with pytest.raises(ValidationError):
        wheel.call("notify", event)
    assert emitted(wheel) == []


def _stray() -> Any:
    lost = examples.upload("january", model="")
    return replace(lost, status=UploadStatus.REFUSED, reason="there is no model nobody")
