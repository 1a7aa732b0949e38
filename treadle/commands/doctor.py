"""Doctor: what keeps the commands from working, if anything does."""

from dataclasses import asdict

import typer

from treadle.checkup import Finding, examine
from treadle.said import Said, Table
from treadle.session import session


def doctor(context: typer.Context) -> Said:
    """Say what keeps commands from working: network, clock, sign-in, rights."""
    found = tuple(examine(session(context)))
    broken = next((each for each in found if each.state == "broken"), None)
    rows = tuple((each.name, each.state, each.detail) for each in found)
    document = {"ok": broken is None, "checks": [asdict(each) for each in found]}
    return Said(document, (Table(("check", "state", ""), rows),), (), _next(broken), status=3 if broken else 0)


def _next(broken: Finding | None) -> str:
    return (broken.fix or "treadle doctor") if broken else "treadle models list"
