"""Notify on the record that the table's stream makes of a finding, and on people who cannot be told."""

import json
from dataclasses import replace
from typing import Any

import pytest

from shared.adapters.clients import client
from shared.domain.change import Fact
from shared.domain.finding import Finding
from tests.examples import applied, order, spec
from tests.history import decide, having_a_champion
from tests.integration.wheel.conftest import Wheel, recorded
from tests.unit.lifecycle.outbox import a_drop

OWNER, PHONE, PLATFORM = "a@example.com", "+15550100", "platform@example.com"
PEOPLE = {"owners": ["email:a@example.com", "slack:flights"], "on_call": ["sms:+15550100"]}


def finding() -> Finding:
    """What the recorded event tells of."""
    return replace(a_drop(), run="run_00000000000000000000000001")


@pytest.fixture
def told(wheel: Wheel) -> Wheel:
    """Version 1 of flights serves; owners and on call have been subscribed, a finding is in the registry."""
    having_a_champion(wheel.registry)
    people = applied(2, spec(notify=PEOPLE))
    decide(wheel.registry, lambda model: model.apply(order("people"), people))
    wheel.call("notify", recorded("stream_spec_applied"))
    wheel.messages(wheel.events)
    wheel.registry.commit(Fact(finding()))
    return wheel


def test_the_recorded_finding_is_what_the_registry_writes(told: Wheel, table: str) -> None:
    image: dict[str, Any] = recorded("stream_drop_found")["Records"][0]["dynamodb"]["NewImage"]
    place = {part: image[part] for part in ("PK", "SK")}
    assert client("dynamodb").get_item(TableName=table, Key=place)["Item"] == image


def test_a_drop_is_an_event_with_its_figures_and_reaches_owners_and_who_is_on_call(told: Wheel) -> None:
    assert told.call("notify", recorded("stream_drop_found")) == {"told": 1}
    [event] = told.messages(told.events)
    assert (event["detail-type"], event["detail"]["data"]["figures"][0]["value"]) == ("performance.dropped", 0.34)
    [letter] = [each for each in told.letters(OWNER) if "performance dropped" in each]
    assert (
        "* outcome positives  0.3400 (0.3300 to 0.3500)  0.2200  0.2900"
        in json.loads(letter.partition("\n")[2])["default"]
    )
    assert len(told.letters(PHONE)) == 1


def test_a_channel_without_a_webhook_is_told_to_the_platforms_owners_and_logged_without_a_word_of_it(
    told: Wheel, caplog: pytest.LogCaptureFixture
) -> None:
    client("secretsmanager").create_secret(Name="slack", SecretString="{}")
    caplog.clear()
    told.call("notify", recorded("stream_drop_found"))
    [letter] = told.letters(PLATFORM)
    assert "slack:flights: the secret has no webhook for the channel" in letter
    (line,) = [each for each in caplog.records if each.getMessage() == "told"]
    assert line.__dict__["astray"] == [{"notice": "drop_1", "model": "flights", "via": "slack"}]
    assert "0.34" not in str(line.__dict__)
