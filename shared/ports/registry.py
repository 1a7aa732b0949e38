"""Registry: the one place of record; every decision is one audited transaction."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Generic, Protocol, TypeVar

from shared.domain.change import Audit, Change, Item, Noun, Receipt, Ref
from shared.domain.head import Head
from shared.domain.model import Model
from shared.domain.serving import Serving

T = TypeVar("T")
T_co = TypeVar("T_co", covariant=True)

A_PAGE = 200
"""Items that are asked for at once, by who wants them all."""

MOST_REFS = 98
"""Items that one reading may name: DynamoDB's 100 a transaction, less the head and the serving record."""

OPEN = "open"
"""What a query calls every state of a run that is no end."""


@dataclass(frozen=True, slots=True)
class Query:
    """Which items, newest first; without a model: heads, open runs, strays of all models."""

    noun: Noun
    model: str = ""
    state: str = ""
    since: datetime | None = None
    run: str = ""
    limit: int = 50
    cursor: str = ""


@dataclass(frozen=True, slots=True)
class Page(Generic[T_co]):
    """Some items, and the cursor of the next page ("" = the last one)."""

    items: tuple[T_co, ...]
    next: str = ""


class Registry(Protocol):
    """Reads are consistent but for lists; writes hold whole or not at all, also when they are sent twice."""

    def model(self, name: str, *refs: Ref) -> Model:
        """Head, serving record and the (at most 98) items named, read at one instant; raises NotFound, TooLarge."""
        ...

    def commit(self, change: Change) -> Receipt:
        """Write it whole; raises Conflict, RevisionMoved or StageConflict (the state moved), Superseded (the fence)."""
        ...

    def page(self, query: Query) -> Page[Item | Head]:
        """A list, which may lag a moment behind; no decision reads it."""
        ...

    def audit(self, name: str, limit: int = 50, cursor: str = "") -> Page[Audit]:
        """The audit chain, newest first."""
        ...

    def serving_at(self, name: str, at: datetime) -> Serving:
        """Which versions answered at that instant; raises NotFound before the first."""
        ...


def items(registry: Registry, name: str, refs: Sequence[Ref]) -> Mapping[Ref, Item]:
    """Those of these items that are there, however many they are: a reading for each 98; raises NotFound."""
    parts = (refs[at : at + MOST_REFS] for at in range(0, len(refs), MOST_REFS))
    return {ref: item for part in parts for ref, item in registry.model(name, *part).items.items()}


def every(registry: Registry, query: Query, kind: type[T]) -> Iterator[T]:
    """All of this kind that the query asks for, page after page; who has seen enough stops."""
    cursor: str | None = query.cursor
    while cursor is not None:
        page = registry.page(replace(query, limit=A_PAGE, cursor=cursor))
        yield from (item for item in page.items if isinstance(item, kind))
        cursor = page.next or None


def chain(registry: Registry, model: str) -> Iterator[Audit]:
    """The whole audit chain, newest first; who has seen enough stops."""
    cursor: str | None = ""
    while cursor is not None:
        page = registry.audit(model, A_PAGE, cursor)
        yield from page.items
        cursor = page.next or None
