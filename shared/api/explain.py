"""Explain: what pydantic found, as problems that say what to do."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from pydantic import ValidationError

from shared.domain.errors import Problem

if TYPE_CHECKING:
    from pydantic_core import ErrorDetails

_WORDS: Mapping[str, tuple[str, str]] = {
    "missing": ("is missing", "send it"),
    "extra_forbidden": ("is not known here", "leave it out"),
    "model_type": ("is not an object", "send a JSON object"),
}
"""Type of an error → what is wrong and what to do; the rest is said well by pydantic."""

_SILENT = frozenset({"missing", "model_type"})
"""Errors whose input is the whole, which nobody wants to read again."""


def explained(error: ValidationError) -> tuple[Problem, ...]:
    """The problems, one a place, each with its JSON pointer."""
    return tuple(map(_problem, error.errors(include_url=False, include_context=False)))


def _problem(found: "ErrorDetails") -> Problem:
    pointer = "".join(f"/{str(part).replace('~', '~0').replace('/', '~1')}" for part in found["loc"])
    said = found["msg"].removeprefix("Input ").removeprefix("Value error, ")
    detail, fix = _WORDS.get(found["type"], (said, ""))
    got = "" if found["type"] in _SILENT else repr(found["input"])
    return Problem(pointer[:99], detail[:99], got=got[:99], fix=fix)
