"""The doctor finds the first thing that is broken, and asks nothing after it."""

import base64
import json

import httpx2

from tests.unit.treadle.desk import HERE, Desk
from treadle.checkup import Finding, examine
from treadle.errors import CannotAsk
from treadle.profile import Profile
from treadle.session import Session

HEADERS = {"treadle-version": "1"}


def states(found: "list[Finding]") -> dict[str, str]:
    """What was found, by name."""
    return {each.name: each.state for each in found}


def test_without_a_profile_nothing_is_asked() -> None:
    def none() -> Profile:
        raise CannotAsk("no cloud here", "make up")

    found = list(examine(Session(none)))
    assert states(found)["profile"] == "broken"
    assert set(list(states(found).values())[2:]) == {"not asked"}
    assert found[1].fix == "make up"


def test_a_client_that_cannot_sign_in_is_found(desk: Desk) -> None:
    desk.profile = HERE.__class__(HERE.api_url, HERE.token_url, HERE.client_id, "wrong")
    seen = desk.type("doctor", "--json")
    assert (seen.status, seen.json["ok"]) == (3, False)
    assert {each["name"]: each["state"] for each in seen.json["checks"]} == {
        "python": "ok",
        "profile": "ok",
        "api": "ok",
        "clock": "ok",
        "sign-in": "broken",
        "scopes": "not asked",
    }


def test_a_clock_that_is_off_is_found() -> None:
    def yesterday(_: httpx2.Request) -> httpx2.Response:
        return httpx2.Response(200, json={"status": "ok"}, headers=HEADERS | {"date": "Mon, 01 Apr 2013 12:00:00 GMT"})

    found = states(list(examine(Session(lambda: HERE, httpx2.MockTransport(yesterday)))))
    assert (found["api"], found["clock"], found["sign-in"]) == ("ok", "broken", "not asked")


def test_a_scope_that_the_token_lacks_is_named() -> None:
    claims = base64.urlsafe_b64encode(json.dumps({"scope": "treadle/read"}).encode()).decode()

    def reader(request: httpx2.Request) -> httpx2.Response:
        token = {"access_token": f"h.{claims}.s", "expires_in": 3600}
        return httpx2.Response(200, json=token if request.url.path.endswith("token") else {}, headers=HEADERS)

    found = {each.name: each for each in examine(Session(lambda: HERE, httpx2.MockTransport(reader)))}
    assert found["scopes"].detail == "the token lacks predict, operate, admin"


def test_another_server_at_the_address_is_found() -> None:
    elsewhere = httpx2.MockTransport(lambda _: httpx2.Response(200, text="It works!"))
    found = {each.name: each for each in examine(Session(lambda: HERE, elsewhere))}
    assert found["api"].detail == "https://api.example.com does not answer as Treadle does"
