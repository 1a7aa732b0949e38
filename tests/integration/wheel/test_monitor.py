"""Tick and monitor as Lambda runs them: a message a model, figures on the log, checks and findings in the registry."""

import importlib
import json
from typing import Any

import pytest

import functions.monitor.handler
import functions.tick.handler
from shared.adapters.clients import client
from shared.adapters.dynamodb_profiles import DynamoProfiles
from shared.adapters.s3_objects import S3Objects
from shared.adapters.system_clock import SystemClock
from shared.domain.finding import Kind
from tests.examples import MODEL
from tests.integration.conftest import Context
from tests.integration.wheel.conftest import Event, Wheel, recorded
from tests.unit.lifecycle.watched import Watched, airline
from tests.unit.lifecycle.weeks import SPRING, flights


@pytest.fixture
def watched(wheel: Wheel, table: str, monkeypatch: pytest.MonkeyPatch) -> Watched:
    """Version 1 serves; a queue waits for ticks."""
    monkeypatch.setenv("CHECKS_QUEUE", client("sqs").create_queue(QueueName="checks")["QueueUrl"])
    importlib.reload(functions.monitor.handler)
    importlib.reload(functions.tick.handler)
    places: Any = {"captures": S3Objects("captures"), "artifacts": S3Objects("artifacts"), "clock": SystemClock()}
    spec = airline(monitor={"on_drop": "retrain", "every": "24h"})
    return Watched(spec, wheel.registry, DynamoProfiles(table), **places)  # type: ignore[arg-type]  # the adapters


def handled(function: Any, event: Event) -> Event:
    answer: Event = json.loads(json.dumps(function.handle(event, Context())))
    return answer


def test_a_tick_asks_for_a_look_at_each_model(watched: Watched, wheel: Wheel) -> None:
    assert handled(functions.tick.handler, recorded("schedule_hour")) == {"models": [MODEL]}
    queue = client("sqs").get_queue_url(QueueName="checks")["QueueUrl"]
    assert wheel.messages(queue) == [json.loads(recorded("check_asked")["Records"][0]["body"])]


def test_a_look_without_traffic_measures_nothing(watched: Watched, capsys: pytest.CaptureFixture[str]) -> None:
    [check] = handled(functions.monitor.handler, recorded("check_asked"))["checks"]
    assert (check["model"], check["windows"], check["metrics"]) == (MODEL, 0, {})
    assert "DriftScore" not in capsys.readouterr().out


def test_what_was_found_is_in_the_registry_and_on_the_log(
    watched: Watched, wheel: Wheel, capsys: pytest.CaptureFixture[str]
) -> None:
    weeks = flights(SPRING, 14, seed=2, later=0.2)
    watched.asks(weeks)
    watched.hears(weeks)
    [check] = handled(functions.monitor.handler, recorded("check_asked"))["checks"]
    lines = [json.loads(line) for line in capsys.readouterr().out.splitlines() if "_aws" in line]
    assert [line["Performance"][0] > 1 > line["DriftScore"][0] for line in lines] == [True]
    [found] = watched.findings()
    assert (check["findings"], found.kind, found.reaction) == ([found.id], Kind.DROP, "retrain")
    assert wheel.given(found.run)["model"] == MODEL
    again = handled(functions.monitor.handler, recorded("check_asked"))["checks"]
    assert (again[0]["windows"], len(watched.checks()), len(watched.findings())) == (0, 1, 1)
