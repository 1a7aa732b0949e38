"""Profile: where Treadle is and how to sign in; TREADLE_* variables first, else the embedded cloud of this folder."""

import json
import os
from collections.abc import Mapping
from dataclasses import dataclass, fields
from pathlib import Path

from treadle.errors import CannotAsk

LOCAL = Path(".treadle/local.json")


@dataclass(frozen=True, slots=True)
class Profile:
    """An API and a client of its token issuer; the rest is there for an embedded cloud alone."""

    api_url: str
    token_url: str
    client_id: str
    client_secret: str
    data_bucket: str = ""
    mailbox_url: str = ""
    aws_endpoint_url: str = ""
    region: str = ""
    username: str = ""
    groups: str = ""


WHO = ("username", "groups")
"""Whom an embedded cloud takes the client for; another issuer knows by itself."""

NEEDED = ("api_url", "token_url", "client_id", "client_secret")


def profile(environ: Mapping[str, str] = os.environ, local: Path = LOCAL) -> Profile:
    """The profile of TREADLE_API_URL and its fellows, or of TREADLE_PROFILE (a file), or of `make up` here."""
    names = [field.name for field in fields(Profile)]
    if "TREADLE_API_URL" in environ:
        given = {name: environ[f"TREADLE_{name.upper()}"] for name in names if f"TREADLE_{name.upper()}" in environ}
        return _whole(given, "TREADLE_{}", "set it, or unset TREADLE_API_URL")
    path = Path(environ.get("TREADLE_PROFILE", local))
    kept = _read(path)
    who = {name: environ[f"TREADLE_{name.upper()}"] for name in WHO if f"TREADLE_{name.upper()}" in environ}
    known = {name: str(kept[name]) for name in names if kept.get(name)} | who
    return _whole(known, f"{{}} in {path}", "make up writes one")


def _read(path: Path) -> Mapping[str, object]:
    try:
        kept = json.loads(path.read_text())
    except FileNotFoundError:
        raise CannotAsk(f"there is no {path}: no embedded cloud runs here", "make up, or set TREADLE_API_URL") from None
    except (OSError, ValueError) as error:
        raise CannotAsk(f"{path} is no profile: {error}", "make up, or set TREADLE_API_URL") from None
    return kept if isinstance(kept, dict) else {}


def _whole(given: Mapping[str, str], called: str, fix: str) -> Profile:
    """The profile, when nothing is missing and its addresses are some; raises CannotAsk."""
    for name in NEEDED:
        if not given.get(name):
            raise CannotAsk(f"the profile lacks {called.format(_spelled(name, called))}", fix)
    for name in ("api_url", "token_url"):
        if not given[name].startswith(("http://", "https://")):
            raise CannotAsk(f"{called.format(_spelled(name, called))} is no address: {given[name][:60]}", fix)
    return Profile(**given)


def _spelled(name: str, called: str) -> str:
    """Variables are in capitals, settings of a file are not."""
    return name.upper() if called.startswith("TREADLE_") else name
