"""Twin: two registries that are told the same; whatever they answer differently is a difference."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import TypeVar

from shared.domain.change import Audit, Change, Item, Noun, Receipt, Ref
from shared.domain.errors import Error
from shared.domain.head import Head
from shared.domain.model import Model
from shared.domain.run import RunStatus
from shared.domain.serving import Serving
from shared.domain.stage import Stage
from shared.ports.registry import OPEN, Page, Query, Registry

T = TypeVar("T")

SENT_AGAIN = 4
"""Each so many-th change is committed twice, as after a lost reply."""

A_FEW = 3
"""Rows a page: lists of a short life have several pages."""

MANY = 90
"""Items a reading."""

TOO_MANY = [Ref(Noun.VERSION, number) for number in range(1, 100)]

STATES: dict[Noun, tuple[str, ...]] = {Noun.VERSION: tuple(Stage), Noun.RUN: (OPEN, *RunStatus)}
"""What lists are asked for beside everything."""


@dataclass(slots=True)
class Twin:
    """A registry that is the fake when it is read, and both when it is written."""

    fake: Registry
    engine: Registry
    name: str
    commits: int = 0
    _refs: dict[Ref, None] = field(default_factory=dict)

    def model(self, name: str, *refs: Ref) -> Model:
        """What the fake says; whatever is asked for is compared at the end."""
        self._refs |= dict.fromkeys(refs)
        return self.fake.model(name, *refs)

    def commit(self, change: Change) -> Receipt:
        """Both must give the same receipt, or raise the same error."""
        self.commits += 1
        if self.commits % SENT_AGAIN == 0:
            self._same("a change that is sent again", lambda registry: registry.commit(change))
        answer = self._same(f"commit of {change}", lambda registry: registry.commit(change))
        if isinstance(answer, _Refused):
            raise answer.error
        return answer

    def page(self, query: Query) -> Page[Item | Head]:
        """What the fake says."""
        return self.fake.page(query)

    def audit(self, name: str, limit: int = 50, cursor: str = "") -> Page[Audit]:
        """What the fake says."""
        return self.fake.audit(name, limit, cursor)

    def serving_at(self, name: str, at: datetime) -> Serving:
        """What the fake says."""
        return self.fake.serving_at(name, at)

    def all_equal(self) -> None:
        """Compare everything that can be read: the model with all that was ever named, pages, audit, as-of."""
        refs = list(self._refs)
        for begin in range(0, len(refs), MANY):
            self._same("the model with all its items", _reading(self.name, refs[begin : begin + MANY]))
        self._same("more items than a reading takes", _reading(self.name, TOO_MANY))
        self._same("a model that nobody knows", lambda registry: registry.model("nobody"))
        self._same("the audit chain", lambda registry: [page.items for page in _chain(registry, self.name)])
        for query in self._queries():
            self._same(str(query), _walk(query))
        for at in self._instants()[::A_FEW]:
            self._same(f"what served at {at}", _as_of(self.name, at))

    def _queries(self) -> Iterator[Query]:
        for noun in (noun for noun in Noun if noun not in (Noun.COMMAND, Noun.MODEL)):
            yield from (Query(noun, self.name, state, limit=A_FEW) for state in ("", *STATES.get(noun, ())))
        yield from (Query(Noun.MODEL, limit=A_FEW), Query(Noun.RUN, state=OPEN, limit=A_FEW))
        yield from (Query(Noun.RUN, self.name, since=at, limit=A_FEW) for at in self._instants()[-2:])
        runs = [str(ref.id) for ref in self._refs if ref.noun is Noun.RUN][-A_FEW:]
        yield from (Query(noun, self.name, run=run) for run in runs for noun in (Noun.STEP, Noun.UPLOAD, Noun.VERSION))

    def _instants(self) -> list[datetime]:
        """The instants of all decisions, oldest first, and one before them."""
        chain = [link for page in _chain(self.fake, self.name) for link in page.items]
        instants = sorted(link.receipt.at for link in chain)
        return [instants[0] - timedelta(seconds=1), *instants]

    def _same(self, asked: str, ask: Callable[[Registry], T]) -> "T | _Refused":
        """What both answer; raises AssertionError where they differ."""
        fake, engine = _answer(ask, self.fake), _answer(ask, self.engine)
        assert fake == engine, f"{asked}\n  the fake:   {fake}\n  the engine: {engine}"
        return fake


@dataclass(frozen=True, slots=True)
class _Refused:
    """An error as a caller sees it."""

    kind: type[Error]
    detail: str
    problems: tuple[object, ...]
    error: Error = field(compare=False)


def _answer(ask: Callable[[Registry], T], registry: Registry) -> T | _Refused:
    try:
        return ask(registry)
    except Error as error:
        return _Refused(type(error), error.detail, error.problems, error)


def _chain(registry: Registry, name: str) -> Iterator[Page[Audit]]:
    page = registry.audit(name, A_FEW)
    yield page
    while page.next:
        page = registry.audit(name, A_FEW, page.next)
        yield page


def _pages(registry: Registry, query: Query) -> Iterator[Page[Item | Head]]:
    page = registry.page(query)
    yield page
    while page.next:
        page = registry.page(replace(query, cursor=page.next))
        yield page


def _reading(name: str, refs: Sequence[Ref]) -> Callable[[Registry], Model]:
    return lambda registry: registry.model(name, *refs)


def _as_of(name: str, at: datetime) -> Callable[[Registry], Serving]:
    return lambda registry: registry.serving_at(name, at)


def _walk(query: Query) -> Callable[[Registry], list[tuple[Item | Head, ...]]]:
    return lambda registry: [page.items for page in _pages(registry, query)]
