"""Slack: a text comes to its channel; what is wrong with a webhook is said, and the webhook never is."""

import json
import logging
import socket
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from threading import Event

import pytest

from shared.adapters.clients import client
from shared.adapters.slack_webhooks import SlackWebhooks
from shared.domain.errors import NotFound, Unavailable, Undelivered
from shared.ports.slack import Slack
from tests.contract.slack_door import WEBHOOK, Door, a_secret, opened, to, told
from tests.fakes.slack import MemorySlack

TEXT = "flights: rejected\n\nThe run ended.\n"


@pytest.fixture
def door() -> Iterator[Door]:
    """Slack, which takes everything."""
    with opened() as door:
        yield door


@dataclass(frozen=True, slots=True)
class Line:
    """Slack, and how many texts stand in the channel flights."""

    slack: Slack
    count: Callable[[], int]


@pytest.fixture(params=["memory", "webhooks"])
def line(request: pytest.FixtureRequest) -> Line:
    """One channel, named flights."""
    if request.param == "memory":
        memory = MemorySlack("flights")
        return Line(memory, lambda: len(memory.read("flights")))
    request.getfixturevalue("aws")
    door: Door = request.getfixturevalue("door")
    return Line(to(door), lambda: len(door.texts()))


def test_a_text_comes_to_its_channel_as_often_as_it_is_posted(line: Line) -> None:
    line.slack.post("flights", TEXT)
    line.slack.post("flights", TEXT)
    assert line.count() == 2


def test_a_channel_that_has_no_webhook_is_not_found(line: Line) -> None:
    with pytest.raises(NotFound, match="no webhook for the channel trains"):
        line.slack.post("trains", TEXT)
    assert line.count() == 0


def test_the_headline_stands_above_the_letter_whose_columns_stay(aws: None, door: Door) -> None:
    to(door).post("flights", TEXT)
    assert door.texts() == ["flights: rejected\n```\nThe run ended.\n```"]


def test_a_value_of_a_row_calls_nobody_and_ends_no_block(aws: None, door: Door) -> None:
    to(door).post("flights", "flights: <!channel>\n\n<@U1> & ``` x\n")
    assert door.texts() == ["flights: &lt;!channel&gt;\n```\n&lt;@U1&gt; &amp; ''' x\n```"]


def test_a_webhook_for_any_channel_is_told_which_one_and_steps_back_behind_a_channels_own(
    aws: None, door: Door
) -> None:
    secret = a_secret(**{"*": "/services/any", "flights": WEBHOOK})
    for channel in ("flights", "trains"):
        SlackWebhooks(secret, door.url).post(channel, TEXT)
    assert [(path, json.loads(body)["channel"]) for path, body in door.came] == [
        (WEBHOOK, "#flights"),
        ("/services/any", "#trains"),
    ]


def test_slack_may_lie_behind_a_path(aws: None, door: Door) -> None:
    SlackWebhooks(a_secret(flights=WEBHOOK), f"{door.url}/_local/slack").post("flights", TEXT)
    assert [path for path, _ in door.came] == [f"/_local/slack{WEBHOOK}"]


def test_a_whole_url_of_slacks_own_host_is_a_webhook_too(aws: None, door: Door) -> None:
    to(door, door.url + WEBHOOK).post("flights", TEXT)
    assert len(door.texts()) == 1


@pytest.mark.parametrize(
    "webhook",
    [
        "https://example.com/services/T1/B1/sesame",
        "{url}.example.com/services/T1/B1/sesame",
        "http://127.0.0.1/services/T1/B1/sesame",
        "https{rest}/services/T1/B1/sesame",
        "http://user@{host}/services/T1/B1/sesame",
        "{url}@example.com/services/T1/B1/sesame",
        "services/T1/B1/sesame",
        "http://[sesame",
        "",
    ],
)
def test_a_webhook_of_any_other_place_is_refused_before_anything_is_sent(aws: None, door: Door, webhook: str) -> None:
    host = door.url.removeprefix("http://")
    slack = to(door, webhook.format(url=door.url, host=host, rest=door.url.removeprefix("http")))
    with pytest.raises(Undelivered, match="is not one of Slack's") as caught:
        slack.post("flights", TEXT)
    assert door.came == []
    assert "sesame" not in told(caught.value)


@pytest.mark.parametrize("path", ["//example.com/services/sesame", "/@example.com/x", "/\\example.com"])
def test_no_path_leads_to_another_host(aws: None, door: Door, path: str) -> None:
    to(door, path).post("flights", TEXT)
    assert len(door.came) == 1


@pytest.mark.parametrize("status", [301, 302, 307, 308])
def test_a_redirect_is_not_followed(aws: None, door: Door, status: int) -> None:
    door.status, door.headers, door.body = status, {"location": f"{door.url}/elsewhere"}, ""
    with pytest.raises(Undelivered, match=f"HTTP {status}"):
        to(door).post("flights", TEXT)
    assert [path for path, _ in door.came] == [WEBHOOK]


@pytest.mark.parametrize(
    ("status", "word"), [(404, "no_service"), (410, "channel_is_archived"), (403, "invalid_token")]
)
def test_what_slack_refuses_is_told_in_its_word(aws: None, door: Door, status: int, word: str) -> None:
    door.status, door.body = status, word
    with pytest.raises(Undelivered, match=f"the channel flights: {word}") as caught:
        to(door).post("flights", TEXT)
    assert "sesame" not in told(caught.value)


def test_a_page_instead_of_a_word_is_told_by_its_status(aws: None, door: Door) -> None:
    door.status, door.body = 404, "<html>" + "x" * 100_000
    with pytest.raises(Undelivered, match="HTTP 404"):
        to(door).post("flights", TEXT)


@pytest.mark.parametrize("status", [429, 500, 502, 503])
def test_a_slack_that_is_busy_may_be_asked_again(aws: None, door: Door, status: int) -> None:
    door.status = status
    with pytest.raises(Unavailable):
        to(door).post("flights", TEXT)
    assert len(door.came) == 1


def test_a_slack_that_says_nothing_in_time_may_be_asked_again(aws: None, door: Door) -> None:
    door.silent = Event()
    with pytest.raises(Unavailable) as caught:
        to(door, timeout_s=0.05).post("flights", TEXT)
    door.silent.set()
    assert "sesame" not in told(caught.value)


def test_a_slack_that_is_not_there_may_be_asked_again(aws: None) -> None:
    with closing(socket.socket()) as free:
        free.bind(("127.0.0.1", 0))
        slack = SlackWebhooks(a_secret(flights=WEBHOOK), f"http://127.0.0.1:{free.getsockname()[1]}")
        with pytest.raises(Unavailable) as caught:
            slack.post("flights", TEXT)
    assert "sesame" not in told(caught.value)


def test_a_webhook_that_was_put_right_works_at_once(aws: None, door: Door) -> None:
    slack = to(door, "/services/old")
    client("secretsmanager").put_secret_value(SecretId="slack", SecretString=json.dumps({"flights": WEBHOOK}))
    slack.post("flights", TEXT)
    assert len(door.texts()) == 1


@pytest.mark.parametrize("held", ["sesame", '["sesame"]', '{"flights": {"sesame": 1}}', '{"flights": 7}'])
def test_a_secret_that_is_no_table_of_channels_is_said_to_be_none_and_not_quoted(aws: None, held: str) -> None:
    secret = client("secretsmanager").create_secret(Name="slack", SecretString=held)["ARN"]
    with pytest.raises(Undelivered, match="holds no channels") as caught:
        SlackWebhooks(secret, "https://hooks.slack.com").post("flights", TEXT)
    assert "sesame" not in told(caught.value)


def test_a_secret_that_is_gone_is_said_to_be_unreadable(aws: None) -> None:
    with pytest.raises(Undelivered, match="cannot be read: ResourceNotFoundException"):
        SlackWebhooks("slack", "https://hooks.slack.com").post("flights", TEXT)


def test_what_is_logged_of_a_post_never_holds_the_webhook(
    aws: None, door: Door, caplog: pytest.LogCaptureFixture
) -> None:
    slack = to(door)
    with caplog.at_level(logging.DEBUG):
        slack.post("flights", TEXT)
    posted = [record.getMessage() for record in caplog.records if not record.name.startswith("botocore")]
    assert not [line for line in posted if "sesame" in line]
