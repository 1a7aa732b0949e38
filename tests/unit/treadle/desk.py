"""A desk: the command, typed against the real API over a world in memory. No socket: httpx hands over what it sends."""

import json
import os
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, unquote

import httpx2
import pytest

from tests.unit.api.gateway import Gateway
from treadle.__main__ import main
from treadle.profile import Profile
from treadle.session import Session

HERE = Profile(
    api_url="https://api.example.com",
    token_url="https://issuer.example.com/oauth2/token",
    client_id="ada",
    client_secret="secret",
    data_bucket="data",
    mailbox_url="https://api.example.com/mailbox",
)
LETTER = {
    "id": 1,
    "at": "2013-04-01T12:00:00Z",
    "via": "email",
    "to": "a@example.com",
    "subject": "late",
    "message": "Hm.",
}


@dataclass(slots=True)
class Wire(httpx2.BaseTransport):
    """What lies behind the addresses: an issuer of tokens, the gateway with its authorizer, a mailbox."""

    gateway: Gateway
    issued: int = 0
    good: str = ""
    busy: int = 0
    before: Callable[[httpx2.Request], None] = lambda _: None
    sent: list[httpx2.Request] = field(default_factory=list)

    def handle_request(self, request: httpx2.Request) -> httpx2.Response:
        """Answer as the addressed one does."""
        self.before(request)
        self.sent.append(request)
        hosts = {"issuer.example.com": self._token, "data.example.com": self._stored}
        folders = {"mailbox.json": _letters, "artifacts": self._artifact}
        folder = request.url.path.split("/")[1]
        return (hosts.get(request.url.host) or folders.get(folder) or self._admitted)(request)

    def _admitted(self, request: httpx2.Request) -> httpx2.Response:
        """The gateway answers whom its authorizer lets in, when it is not busy."""
        if request.url.path != "/health" and request.headers.get("authorization") != f"Bearer {self.good}":
            return httpx2.Response(401, json={"message": "Unauthorized"})
        if self.busy:
            self.busy -= 1
            return httpx2.Response(503, json={"message": "Service Unavailable"}, headers={"retry-after": "0"})
        return self._answer(request)

    def revoke(self) -> None:
        """Every token so far is worth nothing from now on."""
        self.good = ""

    def _stored(self, request: httpx2.Request) -> httpx2.Response:
        """The bucket takes the file, and says so to the platform."""
        status = self.gateway.doorstep.put(str(request.url), request.headers, request.read())
        if status == 200:
            self.gateway.world.told_of(unquote(request.url.path[1:]))
        return httpx2.Response(status)

    def _artifact(self, request: httpx2.Request) -> httpx2.Response:
        """What a link of the fake bucket leads to: it has no host, so that it is asked for here."""
        return httpx2.Response(200, content=self.gateway.artifacts.read(request.url.path[1:]))

    def _token(self, request: httpx2.Request) -> httpx2.Response:
        form = parse_qs(request.content.decode())
        if form["client_secret"] != ["secret"]:
            return httpx2.Response(400, json={"error": "invalid_client"})
        self.issued += 1
        self.good = f"token-{self.issued}"
        return httpx2.Response(200, json={"access_token": self.good, "expires_in": 3600, "token_type": "Bearer"})

    def _answer(self, request: httpx2.Request) -> httpx2.Response:
        target = request.url.raw_path.decode()
        reply = self.gateway.call(request.method, target, request.content.decode(), dict(request.headers))
        return httpx2.Response(reply.status, headers=dict(reply.headers), text=reply.text)


def _letters(_: httpx2.Request) -> httpx2.Response:
    return httpx2.Response(200, json={"items": [LETTER], "next": None})


@dataclass(frozen=True, slots=True)
class Screen:
    """What the person saw: the exit status, the answer, and the messages beside it."""

    status: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """The one document."""
        return json.loads(self.out)

    @property
    def next(self) -> str:
        """The command to try next."""
        last = self.err.rstrip("\n").rpartition("\n")[2]
        assert last.startswith("next: "), self.err
        return last.removeprefix("next: ")


@dataclass(slots=True)
class Desk:
    """Somebody types; files lie in `folder`."""

    folder: Path
    capture: pytest.CaptureFixture[str]
    gateway: Gateway = field(default_factory=Gateway)
    profile: Profile = HERE
    wire: Wire = field(init=False)

    def __post_init__(self) -> None:
        """Wire it up."""
        self.wire = Wire(self.gateway)

    def type(self, *words: str) -> Screen:
        """One command, to its end."""
        status = main(words, Session(lambda: self.profile, self.wire, pause_s=0))
        seen = self.capture.readouterr()
        return Screen(status, seen.out, seen.err)

    def file(self, name: str, text: str) -> str:
        """A file with this text; its path."""
        path = self.folder / name
        path.write_text(text)
        return str(path)


def at_home(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A home without tokens or profiles of before, and without colours."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(folder / "cache"))
    monkeypatch.chdir(folder)
    for name in [name for name in os.environ if name.startswith("TREADLE_")]:
        monkeypatch.delenv(name)
