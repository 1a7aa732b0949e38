"""Answers that say no: a problem (RFC 9457), or a gateway's own message, as what a command ends in."""

from collections.abc import Mapping
from typing import Any

import httpx2

from treadle.errors import CannotAsk, Cell, Failure, Misused, Refused

Json = dict[str, Any]

KINDS: Mapping[int, type[Failure]] = {
    400: Misused,
    401: CannotAsk,
    403: CannotAsk,
    415: Misused,
    422: Misused,
    429: CannotAsk,
}
"""What a status means for the one who asked; every other 4xx is a no, every 5xx cannot be asked."""

SLUGS: Mapping[str, type[Failure]] = {"rows-refused": Refused, "key-reused": Refused}
"""Where the status alone does not tell: rows are data, and the platform looked at them."""

FIXES: Mapping[int, str] = {
    401: "treadle doctor says which profile signs in",
    403: "ask for the scope that the route needs",
    429: "try again in a moment",
    503: "try again in a moment",
}


OWN_FIXES: Mapping[str, str] = {"forbidden": "ask one of those who may"}
"""Problems that say themselves what to do, where their status alone would mislead."""


def failure(answer: httpx2.Response) -> Failure:
    """The problem (RFC 9457, or a gateway's own message) as what a command ends in."""
    said = _problem(answer)
    status = answer.status_code
    slug = str(said.get("type", "")).rpartition("/")[2]
    kind = SLUGS.get(slug) or KINDS.get(status, Refused if status < httpx2.codes.INTERNAL_SERVER_ERROR else CannotAsk)
    detail = said.get("detail") or said.get("message") or f"the platform answered {status}"
    fix = OWN_FIXES.get(slug, FIXES.get(status, ""))
    return kind(str(detail), fix, *map(_cell, said.get("errors", ())), slug=slug)


def _problem(answer: httpx2.Response) -> Json:
    try:
        said = answer.json()
    except ValueError:
        return {}
    return said if isinstance(said, dict) else {}


def _cell(item: Json) -> Cell:
    text = {name: str(item.get(name) or "") for name in ("pointer", "detail", "got", "expected", "fix")}
    return Cell(**text, line=int(item.get("line") or 0))
