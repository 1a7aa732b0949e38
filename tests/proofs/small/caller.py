"""Caller: a program that behaves: each command has its key, and whatever was not answered is sent again."""

import threading
import time
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import httpx2

from treadle.profile import Profile
from treadle.tokens import Cache, SignIn

Json = dict[str, Any]

BROKEN, BUSY = 0, 503
"""What is counted where there was no answer at all, and the one failure that a caller may meet."""

PAUSE_S, LONGEST_PAUSE_S = 0.3, 2.0


class Unfinished(Exception):
    """Something did not come to its end, or came to another one; a sentence."""


@dataclass(slots=True)
class Seen:
    """What callers saw: how many answers of each status (0: a connection that broke) a route, and what was not due."""

    statuses: Counter[tuple[str, int]] = field(default_factory=Counter)
    unasked_for: list[str] = field(default_factory=list)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def count(self, route: str, status: int, headers: Mapping[str, str]) -> None:
        """One answer; a 5xx is due only as 503 with Retry-After."""
        with self._lock:
            self.statuses[route, status] += 1
            if status == BROKEN or (status >= 500 and (status != BUSY or "retry-after" not in headers)):
                self.unasked_for.append(f"{route} was answered {status or 'with nothing'}")

    def add(self, other: "Seen") -> None:
        """What another caller saw as well."""
        with self._lock:
            self.statuses += other.statuses
            self.unasked_for += other.unasked_for


@dataclass(frozen=True, slots=True)
class Sent:
    """What a request carries: one kind of body, or none."""

    json: Json | None = None
    content: str | None = None
    headers: Mapping[str, str] = field(default_factory=dict)


NOTHING = Sent()


@dataclass(slots=True)
class Caller:
    """One program at one API; `until` is the instant (monotonic, seconds) after which it gives up."""

    here: Profile
    cache: Cache
    until: float
    seen: Seen = field(default_factory=Seen)
    _sign_in: SignIn = field(init=False)
    _http: httpx2.Client = field(init=False)

    def __post_init__(self) -> None:
        self._sign_in = SignIn(self.here, self.cache)
        self._http = httpx2.Client(base_url=self.here.api_url, timeout=35, trust_env=False)

    def close(self) -> None:
        """Close its connections."""
        self._http.close()

    def get(self, route: str, **named: str | int) -> Json:
        """What is read there."""
        return self.ask("GET", route, named)

    def post(self, route: str, body: Json, key: str, **named: str | int) -> Json:
        """The answer to a command, sent under this key for as long as it takes."""
        return self.ask("POST", route, named, Sent(json=body, headers={"idempotency-key": key}))

    def ask(self, method: str, route: str, named: Mapping[str, str | int], sent: Sent = NOTHING) -> Json:
        """The answer; raises Unfinished where it is refused."""
        answer = self.answered(method, route, named, sent)
        if answer.is_error:
            raise Unfinished(f"{method} {route} of {named}: {answer.status_code} {answer.text[:300]}")
        return dict(answer.json())

    def answered(self, method: str, route: str, named: Mapping[str, str | int], sent: Sent) -> httpx2.Response:
        """The first answer that is none of a server in trouble, whatever it says."""
        request = self._http.build_request(
            method, route.format_map(named), content=sent.content, json=sent.json, headers=dict(sent.headers)
        )
        return self._until_answered(f"{method} {route}", request, self._sign_in)

    def put(self, url: str, headers: Mapping[str, str], body: bytes) -> None:
        """Put the bytes where the platform said; 412 says that they are there."""
        request = self._http.build_request("PUT", url, headers=dict(headers), content=body)
        answer = self._until_answered("PUT upload", request, None)
        if answer.is_error and answer.status_code != httpx2.codes.PRECONDITION_FAILED:
            raise Unfinished(f"PUT upload: {answer.status_code} {answer.text[:300]}")

    def _until_answered(self, route: str, request: httpx2.Request, auth: httpx2.Auth | None) -> httpx2.Response:
        pause = PAUSE_S
        while True:
            try:
                answer = self._http.send(request, auth=auth)
            except httpx2.TransportError:
                self.seen.count(route, BROKEN, {})
            else:
                self.seen.count(route, answer.status_code, answer.headers)
                if answer.status_code < 500:
                    return answer
            if time.monotonic() > self.until:
                raise Unfinished(f"{route} was not answered in time")
            time.sleep(pause)
            pause = min(pause * 2, LONGEST_PAUSE_S)
