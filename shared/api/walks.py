"""Walks: what a version came from, and who decided about it, read to the beginning."""

from collections.abc import Iterator
from dataclasses import replace
from typing import TypeVar

from shared.domain.change import Audit, Noun
from shared.domain.dataset import Dataset
from shared.domain.upload import Upload
from shared.ports.registry import Query, Registry

T = TypeVar("T", Dataset, Upload)
A_PAGE = 200


def datasets(registry: Registry, model: str, newest: str) -> tuple[Dataset, ...]:
    """A data version and all that it goes on from, newest first."""
    known = {each.id: each for each in _all(registry, Query(Noun.DATASET, model, limit=A_PAGE), Dataset)}
    chain: list[Dataset] = []
    while newest in known:
        chain.append(known.pop(newest))
        newest = chain[-1].previous
    return tuple(chain)


def uploads(registry: Registry, model: str, of: tuple[Dataset, ...]) -> tuple[Upload, ...]:
    """The files that these data versions were read from, oldest first."""
    wanted = {upload for dataset in of for upload in dataset.uploads}
    found = _all(registry, Query(Noun.UPLOAD, model, limit=A_PAGE), Upload)
    return tuple(reversed([upload for upload in found if upload.id in wanted]))


def decisions(registry: Registry, model: str, version: int) -> tuple[Audit, ...]:
    """Every decision that moved the version, oldest first."""
    return tuple(reversed([link for link in _audit(registry, model, version) if _moves(link, version)]))


def _audit(registry: Registry, model: str, version: int) -> Iterator[Audit]:
    """The audit chain, newest first, as far back as the version's registration."""
    cursor = ""
    while True:
        page = registry.audit(model, A_PAGE, cursor)
        for link in page.items:
            yield link
            if any((move.noun, move.id, move.was) == (Noun.VERSION, version, "") for move in link.moves):
                return
        if not page.next:
            return
        cursor = page.next


def _moves(link: Audit, version: int) -> bool:
    return any((move.noun, move.id) == (Noun.VERSION, version) for move in link.moves)


def _all(registry: Registry, query: Query, kind: type[T]) -> Iterator[T]:
    """Page after page."""
    while True:
        page = registry.page(query)
        yield from (item for item in page.items if isinstance(item, kind))
        if not page.next:
            return
        query = replace(query, cursor=page.next)
