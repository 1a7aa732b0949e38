"""The client: signing in, asking a busy platform again, reading lists, keeping a token."""

import os
import threading
from pathlib import Path

import httpx2
import pytest

from tests.unit.api.gateway import ABOUT, SPEC
from tests.unit.api.models import learned
from tests.unit.treadle.desk import HERE, Desk
from treadle.client import Client
from treadle.errors import CannotAsk, Misused, Refused
from treadle.tokens import Cache, Token, cache


def client(desk: Desk) -> Client:
    """The client at this desk."""
    return Client(desk.profile, desk.wire)


def test_a_client_signs_in_once_for_all_its_calls(desk: Desk) -> None:
    here = client(desk)
    for _ in range(3):
        here.get("/models")
    assert desk.wire.issued == 1


def test_the_next_command_uses_the_token_of_the_one_before(desk: Desk) -> None:
    client(desk).get("/models")
    client(desk).get("/models")
    assert desk.wire.issued == 1


def test_a_token_that_is_refused_is_replaced_once(desk: Desk) -> None:
    here = client(desk)
    here.get("/models")
    desk.wire.revoke()
    here.get("/models")
    assert desk.wire.issued == 2


def test_many_threads_sign_in_once(desk: Desk) -> None:
    here = client(desk)
    threads = [threading.Thread(target=here.get, args=("/models",)) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert desk.wire.issued == 1


def test_a_token_is_readable_by_its_owner_alone(desk: Desk) -> None:
    client(desk).get("/models")
    (kept,) = (desk.folder / "cache" / "treadle").iterdir()
    assert kept.stat().st_mode & 0o777 == 0o600


def test_a_token_that_ends_soon_counts_as_ended(tmp_path: Path) -> None:
    kept = Cache(tmp_path / "token.json")
    kept.write(Token("old", 0))
    assert kept.read() == Token("old", 0)
    assert not kept.read().fresh


def test_a_token_file_of_any_other_content_counts_as_none(tmp_path: Path) -> None:
    for text in ("", "[]", '{"text": "a"}', "\xff"):
        (tmp_path / "token.json").write_text(text)
        assert not Cache(tmp_path / "token.json").read().fresh


def test_a_cache_folder_that_cannot_be_written_is_no_failure(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    Cache(tmp_path / "file" / "token.json").write(Token("a", 1))
    assert Cache(tmp_path / "file" / "token.json").read().text == ""


def test_another_secret_has_another_token(tmp_path: Path) -> None:
    home = {"XDG_CACHE_HOME": str(tmp_path)}
    other = HERE.__class__(HERE.api_url, HERE.token_url, HERE.client_id, "other")
    assert cache(HERE, home) != cache(other, home)


def test_a_client_that_the_issuer_does_not_know_cannot_ask(desk: Desk) -> None:
    desk.profile = HERE.__class__(HERE.api_url, HERE.token_url, HERE.client_id, "wrong")
    with pytest.raises(CannotAsk, match="could not sign in"):
        client(desk).get("/models")


def test_a_busy_platform_is_asked_again(desk: Desk) -> None:
    desk.wire.busy = 2
    assert client(desk).get("/models") == {"items": [], "next": None}


def test_a_platform_that_stays_busy_cannot_be_asked(desk: Desk) -> None:
    desk.wire.busy = 9
    with pytest.raises(CannotAsk, match="Service Unavailable"):
        client(desk).get("/models")


def test_a_command_that_is_repeated_is_the_same_command(desk: Desk) -> None:
    run = learned(desk.gateway)
    here = client(desk)
    desk.wire.busy = 1
    assert here.command(f"/models/flights/runs/{run}/cancel", {"reason": "x"})["to"] == "cancelled"
    first, again = (sent for sent in desk.wire.sent if sent.url.path.endswith("/cancel"))
    assert first.headers["idempotency-key"] == again.headers["idempotency-key"]


def test_items_go_on_page_after_page(desk: Desk) -> None:
    here = client(desk)
    here.apply(SPEC)
    here.apply(ABOUT)
    assert [spec["number"] for spec in here.items("/models/flights/specs", limit=1)] == [2, 1]


def test_a_spec_that_breaks_the_grammar_is_not_even_sent(desk: Desk) -> None:
    with pytest.raises(Misused) as refused:
        client(desk).apply(SPEC + "traim: {}\n", "model.yaml")
    assert (refused.value.cells[0].pointer, refused.value.cells[0].line) == ("/traim", 7)
    assert desk.wire.sent == []


def test_what_is_not_there_is_refused_with_the_problems_slug(desk: Desk) -> None:
    with pytest.raises(Refused) as refused:
        client(desk).get("/models/nobody")
    assert refused.value.slug == "not-found"


def test_an_address_where_something_else_answers_is_told_so(desk: Desk) -> None:
    def page(_: httpx2.Request) -> httpx2.Response:
        return httpx2.Response(200, text="<html>")

    with pytest.raises(CannotAsk, match=r"could not sign in: https://issuer\.example\.com/oauth2/token answered 200"):
        Client(HERE, httpx2.MockTransport(page)).sign_in()


def test_no_proxy_stands_between_this_machine_and_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(os.environ, "HTTP_PROXY", "http://127.0.0.1:1")
    local = HERE.__class__("http://127.0.0.1:9", "http://127.0.0.1:9/token", "a", "b")
    with pytest.raises(CannotAsk, match=r"127\.0\.0\.1:9"):
        Client(local).get("/models")
