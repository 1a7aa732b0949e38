"""Checkup: what has to hold before a command can ask anything, looked at in order."""

import base64
import json
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING

from treadle.errors import CannotAsk, Failure
from treadle.session import Session

if TYPE_CHECKING:
    from treadle.client import Client

SCOPES = ("predict", "read", "operate", "admin")
"""What the commands need, of the scopes that there are."""

SKEW_S = 60


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at: ok, broken, or not asked since something before it is broken."""

    name: str
    state: str
    detail: str
    fix: str = ""


def examine(session: Session) -> Iterator[Finding]:
    """Everything in order; after the first broken thing the rest is not asked."""
    yield _look("python", _python)
    known = _look("profile", lambda: session.profile().api_url)
    yield known
    checks: dict[str, Callable[[Client], str]] = {
        "api": _api, "clock": _clock, "sign-in": _sign_in, "scopes": _scopes
    }  # fmt: skip
    if known.state != "ok":
        yield from (Finding(name, "not asked", "") for name in checks)
        return
    yield from _asked(session, checks)


def _asked(session: Session, checks: "dict[str, Callable[[Client], str]]") -> Iterator[Finding]:
    from treadle.client import Client  # noqa: PLC0415

    client = Client(session.profile(), session.transport)
    broken = False
    for name, check in checks.items():
        found = Finding(name, "not asked", "") if broken else _look(name, lambda: check(client))  # noqa: B023  # called at once
        broken = broken or found.state == "broken"
        yield found


def _look(name: str, check: Callable[[], str]) -> Finding:
    try:
        return Finding(name, "ok", check())
    except Failure as failure:
        return Finding(name, "broken", failure.detail, failure.fix)


def _python() -> str:
    return f"{sys.version_info.major}.{sys.version_info.minor}.{sys.version_info.micro}"


def _api(client: "Client") -> str:
    began = time.perf_counter()
    client.health()
    return f"{client.profile.api_url} answers in {1000 * (time.perf_counter() - began):.0f} ms"


def _clock(client: "Client") -> str:
    """Tokens are refused by a clock that is off."""
    date = client.health().headers.get("date", "")
    ahead = time.time() - parsedate_to_datetime(date).timestamp() if date else 0.0
    if abs(ahead) > SKEW_S:
        raise CannotAsk(f"this machine's clock is {ahead:+.0f} s off", "set the clock")
    return "agrees with the platform's"


def _sign_in(client: "Client") -> str:
    minutes = (client.sign_in().ends - time.time()) / 60
    return f"{client.profile.client_id} has a token for {minutes:.0f} minutes"


def _scopes(client: "Client") -> str:
    """Which of the scopes are missing; the token is read, not trusted: only the platform verifies it."""
    payload = client.sign_in().text.split(".")[1:2] or [""]
    try:
        claims = json.loads(base64.urlsafe_b64decode(payload[0] + "=" * (-len(payload[0]) % 4)))
        granted = str(claims.get("scope", "")).split()
    except ValueError:
        return "the token does not say; the platform will"
    missing = [scope for scope in SCOPES if f"treadle/{scope}" not in granted]
    if missing:
        fix = f"ask for treadle/{missing[0]} for {client.profile.client_id}"
        raise CannotAsk(f"the token lacks {', '.join(missing)}", fix)
    return ", ".join(SCOPES)
