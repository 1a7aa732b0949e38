"""Records: frozen dataclasses to JSON and back, checked on the way in."""

from functools import cache
from typing import Any, TypeVar

from pydantic import TypeAdapter

T = TypeVar("T")

_adapter: Any = cache(TypeAdapter)


def written(value: object) -> bytes:
    """The value as JSON."""
    body: bytes = _adapter(type(value)).dump_json(value, by_alias=True)
    return body


def read(kind: type[T], body: str | bytes) -> T:
    """The value that `written` wrote; raises pydantic's ValidationError for anything else."""
    value: T = _adapter(kind).validate_json(body)
    return value
