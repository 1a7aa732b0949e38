"""The mailbox: what is kept, and what people and programs see of it."""

import json
from pathlib import Path

from starlette.routing import Router

from local.mailbox.doors import MailboxDoors
from local.mailbox.store import Mailbox
from tests.unit.local_motion.asgi_calls import ask


def doors(path: Path) -> Router:
    return Router(MailboxDoors(Mailbox(path / "mailbox.jsonl")).routes())


def send(app: Router, message: str, to: str = "flights@example.com", subject: str = "") -> None:
    letter = {"to": to, "via": "email", "subject": subject, "message": message, "topic": "t", "attributes": {}}
    assert ask(app, "POST", "/_local/mailbox", json.dumps(letter).encode()).status == 202


def test_the_newest_letter_comes_first(tmp_path: Path) -> None:
    app = doors(tmp_path)
    send(app, "one")
    send(app, "two")
    items = ask(app, "GET", "/mailbox.json").json()["items"]
    assert [(item["id"], item["message"]) for item in items] == [(2, "two"), (1, "one")]


def test_letters_survive_a_restart(tmp_path: Path) -> None:
    send(doors(tmp_path), "kept", subject="rejected")
    (item,) = ask(doors(tmp_path), "GET", "/mailbox.json").json()["items"]
    assert (item["subject"], item["message"], item["via"]) == ("rejected", "kept", "email")
    assert item["at"].endswith("Z")


def test_letters_can_be_asked_for_by_recipient(tmp_path: Path) -> None:
    app = doors(tmp_path)
    send(app, "mine", to="me@example.com")
    send(app, "yours", to="you@example.com")
    items = ask(app, "GET", "/mailbox.json", query="to=me@example.com").json()["items"]
    assert [item["message"] for item in items] == ["mine"]


def test_the_page_shows_a_letter_as_text_never_as_html(tmp_path: Path) -> None:
    app = doors(tmp_path)
    send(app, "<script>alert(1)</script>", subject="<b>bold</b>")
    page = ask(app, "GET", "/mailbox").body.decode()
    assert "<script>" not in page
    assert "&lt;b&gt;bold&lt;/b&gt;" in page


def test_the_page_needs_nothing_from_anywhere(tmp_path: Path) -> None:
    page = ask(doors(tmp_path), "GET", "/mailbox").body.decode()
    assert "http://" not in page
    assert "https://" not in page
    assert "No message yet." in page


def post_to_slack(app: Router, body: bytes, webhook: str = "any") -> tuple[int, str]:
    answer = ask(app, "POST", f"/_local/slack/{webhook}", body)
    return answer.status, answer.body.decode()


def test_a_message_to_slack_is_a_letter_to_its_channel(tmp_path: Path) -> None:
    app = doors(tmp_path)
    assert post_to_slack(app, b'{"channel": "#flights", "text": "flights has drifted"}') == (200, "ok")
    (item,) = ask(app, "GET", "/mailbox.json", query="to=slack:flights").json()["items"]
    assert (item["via"], item["message"]) == ("slack", "flights has drifted")


def test_a_webhook_of_one_channel_names_it_itself(tmp_path: Path) -> None:
    app = doors(tmp_path)
    assert post_to_slack(app, b'{"text": "hello"}', "services/T0/B0/ops") == (200, "ok")
    assert ask(app, "GET", "/mailbox.json").json()["items"][0]["to"] == "slack:services/T0/B0/ops"


def test_what_slack_would_refuse_is_refused_in_its_words(tmp_path: Path) -> None:
    app = doors(tmp_path)
    refused = [post_to_slack(app, body) for body in (b"no json", b"{}", b'{"text": ""}', b'{"text": 7}')]
    assert set(refused) == {(400, "invalid_payload")}
    assert ask(app, "GET", "/mailbox.json").json()["items"] == []
