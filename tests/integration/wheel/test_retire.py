"""Retire on the input of its state: a version that drained long enough is gone from what predict reads."""

import json

import pytest

from shared.adapters.clients import client
from shared.adapters.dynamodb_servings import DynamoServings
from shared.adapters.s3_objects import S3Objects
from shared.domain.change import Noun, Ref
from shared.domain.errors import NotFound
from shared.domain.stage import Stage
from shared.ports.retirements import retirement
from tests.auditor import broken
from tests.examples import MODEL, later
from tests.integration.wheel.conftest import DRAINS, Wheel, recorded
from tests.unit.lifecycle.leaving import having_kept_what_they_are, having_replaced_the_champion

RETIRED, KEPT = {"outcome": "retired"}, {"outcome": "kept"}


@pytest.fixture
def replaced(wheel: Wheel) -> Wheel:
    """Version 2 answers, and the week of version 1 has been over for years."""
    having_replaced_the_champion(wheel.registry)
    having_kept_what_they_are(S3Objects("artifacts"))
    return wheel


def stage(wheel: Wheel) -> Stage:
    return wheel.registry.model(MODEL, Ref(Noun.VERSION, 1)).version(1).stage


def test_the_version_answers_nobody_and_its_account_is_kept(replaced: Wheel, table: str) -> None:
    assert replaced.call("retire", recorded("state_retire")) == RETIRED
    assert stage(replaced) is Stage.RETIRED
    assert [arm.version for arm in DynamoServings(table).serving(MODEL).arms] == [2]
    account = retirement(replaced.registry, S3Objects("artifacts"), MODEL, 1)
    assert (account.replacement.version, account.drained_since) == (2, later(7))
    assert broken(replaced.registry, MODEL) == []


def test_a_state_that_is_tried_again_retires_once(replaced: Wheel) -> None:
    assert [replaced.call("retire", recorded("state_retire")) for _ in range(3)] == [RETIRED] * 3
    actions = [link.receipt.action for link in replaced.registry.audit(MODEL).items]
    assert actions.count("retire") == 1


def test_a_state_of_another_replacement_retires_nothing(replaced: Wheel) -> None:
    late = recorded("state_retire") | {"since": "2013-04-01T12:06:59+00:00"}
    assert replaced.call("retire", late) == KEPT
    assert stage(replaced) is Stage.DRAINING


def test_a_state_without_its_model_says_so(wheel: Wheel) -> None:
    with pytest.raises(NotFound):
        wheel.call("retire", recorded("state_retire"))


def test_sweep_has_retired_whatever_drains_too_long(replaced: Wheel) -> None:
    assert replaced.call("sweep", recorded("schedule_hour"))["drains"] == 1
    [name] = replaced.executions(DRAINS)
    execution = f"{DRAINS.replace(':stateMachine:', ':execution:')}:{name}"
    told = json.loads(client("stepfunctions").describe_execution(executionArn=execution)["input"])
    del told["sunset"]
    assert told == recorded("state_retire")
    assert replaced.call("retire", told) == RETIRED
    assert replaced.call("sweep", recorded("schedule_hour"))["drains"] == 0
