"""Schedules: what fires, how often, and what is sent."""

import json
from datetime import UTC, datetime, timedelta

from local.clockwork.schedules import Scheduler, TempoClock
from local.deployment import Schedule

START = datetime(2024, 1, 1, tzinfo=UTC)
TICK = "arn:aws:lambda:eu-central-1:123456789012:function:tick"


def fired(tempo: float, *looks: float, text: str = "") -> list[tuple[str, str]]:
    """What a schedule of one minute sends when the scheduler looks in at so many seconds after its start."""
    sent: list[tuple[str, str]] = []
    instants = iter(START + timedelta(seconds=seconds) for seconds in looks)
    scheduler = Scheduler(
        [Schedule("tick", "rate(1 minute)", TICK, text)],
        TempoClock(START, tempo),
        "123456789012",
        lambda arn, body: sent.append((arn, body.decode())),
        lambda: next(instants),
    )
    for _ in looks:
        scheduler.step()
    return sent


def test_a_clock_of_tempo_sixty_shows_a_minute_after_a_second() -> None:
    assert TempoClock(START, 60).now(START + timedelta(seconds=1)) == START + timedelta(minutes=1)


def test_a_schedule_fires_once_an_interval() -> None:
    assert len(fired(1, 30, 61, 90, 121, 122)) == 2


def test_a_schedule_does_not_fire_before_its_time() -> None:
    assert fired(1, 59.9) == []


def test_at_tempo_sixty_a_minute_is_a_second() -> None:
    assert len(fired(60, 0.5, 1.01, 1.5, 2.02)) == 2


def test_a_missed_interval_is_not_made_up_for() -> None:
    assert len(fired(1, 600, 601, 602)) == 1


def test_a_schedule_sends_its_input() -> None:
    assert fired(1, 61, text='{"a": 1}') == [(TICK, '{"a": 1}')]


def test_a_schedule_without_input_sends_the_event_of_aws() -> None:
    event = json.loads(fired(1, 61)[0][1])
    assert (event["source"], event["detail-type"], event["detail"]) == ("aws.events", "Scheduled Event", {})
    assert event["time"] == "2024-01-01T00:01:01Z"
    assert event["resources"] == ["arn:aws:events:eu-central-1:123456789012:rule/tick"]
