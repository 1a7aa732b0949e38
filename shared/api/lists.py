"""Lists: newest first, a page at a time."""

import re
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Annotated, Generic, TypeVar

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from shared.ports.registry import Page, Query, Registry

S = TypeVar("S")
T = TypeVar("T")
V = TypeVar("V", bound=BaseModel)

_ASKED = ConfigDict(frozen=True, extra="forbid")
_INSTANT = re.compile(r"\d{4}-\d\d-\d\d[Tt ]\d\d:\d\d(:\d\d(\.\d{1,9})?)?([Zz]|[+-]\d\d:\d\d)", re.ASCII)


def _instant(text: object) -> object:
    """RFC 3339 with its offset, in UTC."""
    if not isinstance(text, str) or _INSTANT.fullmatch(text) is None:
        raise ValueError("expected RFC 3339 with an offset, such as 2013-04-01T12:00:00Z")
    return datetime.fromisoformat(text).astimezone(UTC)


Instant = Annotated[datetime, BeforeValidator(_instant)]
Limit = Annotated[int, Field(ge=1, le=200, description="Items a page.")]
Cursor = Annotated[str, Field(max_length=2048, description="`next` of the page before.")]
Since = Annotated[Instant | None, Field(description="Leave out what is older.")]


class Window(BaseModel):
    """Which page of a list."""

    model_config = _ASKED
    limit: Limit = 50
    cursor: Cursor = ""
    since: Since = None


class Listing(BaseModel, Generic[S]):
    """Which page of a list whose items have a status."""

    model_config = _ASKED
    limit: Limit = 50
    cursor: Cursor = ""
    since: Since = None
    status: S | None = Field(None, description="Only items in this state.")


class Listed(BaseModel, Generic[T]):
    """A page; `next` is the cursor of the one after it, null on the last."""

    model_config = ConfigDict(frozen=True)
    items: tuple[T, ...]
    next: str | None


def listed(page: Page[S], kind: type[T], view: Callable[[T], V]) -> Listed[V]:
    """The page's items of this kind, each as its view."""
    return Listed(items=tuple(view(item) for item in page.items if isinstance(item, kind)), next=page.next or None)


def newest(registry: Registry, query: Query, kind: type[T]) -> tuple[T, ...]:
    """The newest that a query asks for, as many as its limit says: those of this kind."""
    return tuple(item for item in registry.page(query).items if isinstance(item, kind))
