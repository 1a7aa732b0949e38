"""Fold on the messages that Firehose, S3, EventBridge and SQS make of captured lines."""

import importlib
import json
from typing import Any

import pytest
from aws_lambda_powertools.utilities.batch.exceptions import BatchProcessingError

import functions.fold.handler
from shared.adapters.dynamodb_profiles import DynamoProfiles
from shared.adapters.s3_objects import S3Objects
from shared.adapters.s3_slots import S3Slots
from tests.examples import MODEL
from tests.integration.conftest import Context
from tests.integration.wheel.conftest import Event, Wheel, batch, message, recorded
from tests.unit.lifecycle.captured import Airline, asked, prediction, row, told

NONE_FAILED: Event = {"batchItemFailures": []}


@pytest.fixture
def airline(wheel: Wheel, table: str) -> Airline:
    """A model with two versions, whose calls are captured."""
    importlib.reload(functions.fold.handler)
    places = (S3Objects("captures"), S3Objects("artifacts"), S3Slots("artifacts"), DynamoProfiles(table))
    return Airline(wheel.registry, *places)


def fold(event: Event) -> Event:
    handle: Any = functions.fold.handler.handle
    answer: Event = json.loads(json.dumps(handle(event, Context())))
    return answer


def of(number: int, key: str) -> Event:
    """The number-th message of a batch: this object was delivered."""
    return message("captures_delivered", number, object={"key": key, "size": 1024, "sequencer": "00617F08299329D189"})


def test_a_delivered_object_is_counted(airline: Airline) -> None:
    key = json.loads(recorded("captures_delivered")["Records"][0]["body"])["detail"]["object"]["key"]
    airline.captures.write(key, f"{asked(row(1), row(2))}\n{told((prediction(1), 40))}\n".encode())
    assert fold(recorded("captures_delivered")) == NONE_FAILED
    assert [(hour.rows, hour.outcomes) for hour in airline.hours()] == [(2, 1)]
    assert [mark.key for mark in airline.profiles.folded("")] == [key]


def test_messages_doubled_and_out_of_order_count_each_row_once(airline: Airline) -> None:
    keys = [airline.delivered(asked(row(1), row(2))), airline.delivered(told((prediction(1), 40)), asked(row(3)))]
    events = [of(number, key) for number, key in enumerate([keys[1], keys[0], keys[1]])]
    assert fold(batch(*events)) == NONE_FAILED
    assert fold(batch(events[0])) == NONE_FAILED
    assert [(hour.rows, hour.outcomes) for hour in airline.hours()] == [(3, 1)]
    assert airline.profiles.tallies(MODEL, 7)[0].arms["1c"].rows == 3


def test_an_object_that_is_gone_comes_again_alone(airline: Airline) -> None:
    good = of(0, airline.delivered(asked(row(1))))
    gone = of(1, "captured/2026/11/24/13/gone")
    assert fold(batch(good, gone)) == {"batchItemFailures": [{"itemIdentifier": "message-1"}]}
    assert [hour.rows for hour in airline.hours()] == [1]
    with pytest.raises(BatchProcessingError):
        fold(batch(gone))
