"""Tokens: signing in as a machine (OAuth client credentials), once an hour and not once a call."""

import hashlib
import json
import os
import threading
import time
from collections.abc import Generator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

import httpx2

from treadle.errors import CannotAsk
from treadle.profile import Profile

EARLY_S = 60
"""A token counts as expired so long before it is, so that none dies on the way."""

Flow = Generator[httpx2.Request, httpx2.Response, None]


@dataclass(frozen=True, slots=True)
class Token:
    """An access token, and when it ends (seconds of the epoch)."""

    text: str
    ends: float

    @property
    def fresh(self) -> bool:
        """Whether it can still be sent."""
        return time.time() < self.ends - EARLY_S


NONE = Token("", 0)


@dataclass(frozen=True, slots=True)
class Cache:
    """One file in the user's cache folder, readable by its owner alone; a folder that cannot be written keeps none."""

    path: Path

    def read(self) -> Token:
        """The token kept here, or NONE."""
        try:
            kept = json.loads(self.path.read_text())
            return Token(str(kept["text"]), float(kept["ends"]))
        except (OSError, ValueError, KeyError, TypeError):
            return NONE

    def write(self, token: Token) -> None:
        """Keep it, whole or not at all."""
        partial = self.path.with_suffix(f".{os.getpid()}-{threading.get_ident()}")
        with suppress(OSError):  # the next command signs in again, that is all
            self.path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            with os.fdopen(os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
                json.dump({"text": token.text, "ends": token.ends}, file)
            partial.replace(self.path)


def cache(profile: Profile, environ: Mapping[str, str] = os.environ) -> Cache:
    """Where this client's token is kept: another issuer, client or secret is another file."""
    folder = Path(environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "treadle"
    client = json.dumps([profile.token_url, *form(profile).values()])
    return Cache(folder / f"{hashlib.sha256(client.encode()).hexdigest()[:32]}.json")


@dataclass(slots=True)
class SignIn(httpx2.Auth):
    """Puts a token on every request; signs in when there is none, when it ends, and once when it is refused."""

    profile: Profile
    kept: Cache
    _token: Token = NONE
    _lock: threading.Lock = field(default_factory=threading.Lock)

    requires_response_body = True

    def auth_flow(self, request: httpx2.Request) -> Flow:
        """The request with a token; httpx sends what is yielded."""
        token = yield from self._held(NONE)
        answer = yield _bearing(request, token)
        if answer.status_code == httpx2.codes.UNAUTHORIZED:
            # An embedded cloud that began anew has a new key: what it signed before is worth nothing.
            token = yield from self._held(token)
            yield _bearing(request, token)

    def _held(self, refused: Token) -> Generator[httpx2.Request, httpx2.Response, Token]:
        """A fresh token that is not the refused one; one thread signs in, and the others wait for it."""
        with self._lock:
            for known in (self._token, self.kept.read()):
                if known.fresh and known != refused:
                    self._token = known
                    return known
            return self.keep((yield httpx2.Request("POST", self.profile.token_url, data=form(self.profile))))

    def keep(self, answer: httpx2.Response) -> Token:
        """The token that the issuer answered with, kept for later; raises CannotAsk."""
        self._token = _issued(answer, self.profile)
        self.kept.write(self._token)
        return self._token


def _bearing(request: httpx2.Request, token: Token) -> httpx2.Request:
    request.headers["authorization"] = f"Bearer {token.text}"
    return request


def form(profile: Profile) -> Mapping[str, str]:
    """What a request for a token says (RFC 6749, 4.4): without a scope, every one that the client may have."""
    client = {"client_id": profile.client_id, "client_secret": profile.client_secret}
    who = {name: value for name, value in (("username", profile.username), ("groups", profile.groups)) if value}
    return {"grant_type": "client_credentials", **client, **who}


def _issued(answer: httpx2.Response, profile: Profile) -> Token:
    try:
        said = answer.json()
        return Token(said["access_token"], time.time() + float(said["expires_in"]))
    except (ValueError, KeyError, TypeError):
        why = f"could not sign in: {profile.token_url} answered {answer.status_code}"
        raise CannotAsk(why, "look at client_id and client_secret of the profile") from None
