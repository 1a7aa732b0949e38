"""The registry in memory: what the port promises, in dictionaries under one lock."""

import base64
from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import datetime
from threading import Lock
from typing import TypeVar

from shared.domain import refusal
from shared.domain.attempt import Attempt
from shared.domain.change import Answered, Audit, Change, Claim, Command, Decision, Fact, Item, Move, Noun, Receipt, Ref
from shared.domain.head import Head, unknown_model
from shared.domain.item import moved, recorded, standing
from shared.domain.model import Model
from shared.domain.run import Run, RunStatus
from shared.domain.serving import Serving
from shared.ports.registry import MOST_REFS, OPEN, Page, Query

T = TypeVar("T")
Place = tuple[str, Ref]
RUNS_ON = frozenset({RunStatus.RUNNING, RunStatus.WAITING})


class MemoryRegistry:
    """Every reading and every commit is one step; a list is as it is at that moment."""

    def __init__(self) -> None:
        self._step = Lock()
        self._heads: dict[str, Head] = {}
        self._served: dict[str, list[Serving]] = defaultdict(list)
        self._items: dict[Place, Item] = {}
        self._commands: dict[Place, Command] = {}
        self._audits: dict[str, list[Audit]] = defaultdict(list)
        self._newest: dict[tuple[str, str], Attempt] = {}

    def copied(self) -> "MemoryRegistry":
        """Another one, which holds the same."""
        other = MemoryRegistry()
        with self._step:
            other._heads |= self._heads
            other._items |= self._items
            other._commands |= self._commands
            other._newest |= self._newest
            other._served |= {name: list(records) for name, records in self._served.items()}
            other._audits |= {name: list(chain) for name, chain in self._audits.items()}
        return other

    def model(self, name: str, *refs: Ref) -> Model:
        """Head, serving record and the items named; raises NotFound, TooLarge."""
        if len(set(refs)) > MOST_REFS:
            raise refusal.too_many(len(set(refs)), MOST_REFS)
        with self._step:
            if name not in self._heads:
                raise unknown_model(name)
            items = {ref: self._items[name, ref] for ref in refs if (name, ref) in self._items}
            commands = {str(ref.id): self._commands[name, ref] for ref in refs if (name, ref) in self._commands}
            return Model(self._heads[name], self._served[name][-1], items, commands)

    def commit(self, change: Change) -> Receipt:
        """Write it whole or not at all; raises RevisionMoved, Conflict, KeyReused, Superseded."""
        with self._step:
            match change:
                case Answered():
                    return change.receipt
                case Decision():
                    return self._decide(change)
                case Fact():
                    return self._record(change)
                case Claim():
                    return self._claim(change)

    def page(self, query: Query) -> Page[Item | Head]:
        """A list, newest first; what belongs to a run comes whole, its steps in the order they were done."""
        with self._step:
            rows = sorted(self._listed(query), key=_position, reverse=not query.run or query.noun is not Noun.STEP)
        if query.run:
            return Page(tuple(rows))
        return _cut(rows, list(map(_position, rows)), query.limit, query.cursor)

    def audit(self, name: str, limit: int = 50, cursor: str = "") -> Page[Audit]:
        """The audit chain, newest first."""
        links = self._audits[name][::-1]
        return _cut(links, [f"{link.receipt.revision:08d}" for link in links], limit, cursor)

    def serving_at(self, name: str, at: datetime) -> Serving:
        """Which versions answered at that instant; raises NotFound before the first record."""
        for serving in reversed(self._served[name]):
            if serving.at <= at:
                return serving
        raise refusal.before_the_first(name, at)

    def _decide(self, decision: Decision) -> Receipt:
        order, name = decision.order, decision.head.model
        self._in_time(decision.attempt)
        if command := self._commands.get((name, Ref(Noun.COMMAND, order.id))):
            return decision.receipt if command == decision.command else command.answer(order)
        present = self._heads[name].revision if name in self._heads else 0
        if present != decision.head.revision - 1 or self._written(decision):
            raise refusal.revision_moved(name, order, present)
        for move in decision.moves:
            if self._state(name, move) != move.was:
                raise refusal.state_moved(move, self._state(name, move))
        self._put(decision)
        return decision.receipt

    def _written(self, decision: Decision) -> bool:
        """Whether its audit record, or its record of what serves, would take the place of one that is there."""
        serving, served = decision.serving, self._served[decision.head.model]
        again = serving is not None and any(one.revision == serving.revision for one in served)
        return again or decision.receipt.revision <= len(self._audits[decision.head.model])

    def _put(self, decision: Decision) -> None:
        name, receipt = decision.head.model, decision.receipt
        whole: Mapping[Ref, Item] = {standing(item).ref: item for item in decision.items}
        for move in decision.moves:
            ref = Ref(move.noun, move.id)
            if ref in whole:
                self._items[name, ref] = whole[ref]
            elif move.was != move.now:
                self._items[name, ref] = moved(self._items[name, ref], move.now, receipt.at, move.reason)
        self._heads[name] = decision.head
        if decision.serving:
            self._served[name].append(decision.serving)
        self._audits[name].append(Audit(receipt, decision.moves))
        self._commands[name, Ref(Noun.COMMAND, decision.order.id)] = decision.command

    def _record(self, fact: Fact) -> Receipt:
        name, ref = fact.item.model, standing(fact.item).ref
        self._in_time(fact.attempt)
        if (name, ref) not in self._items:
            run = self._items.get((name, Ref(Noun.RUN, fact.fence)))
            if fact.fence and (run is None or standing(run).state not in RUNS_ON):
                raise refusal.fenced(fact.fence)
            self._items[name, ref] = fact.item
        return recorded(fact.item)

    def _claim(self, claim: Claim) -> Receipt:
        attempt, fence = claim.attempt, (claim.attempt.model, claim.attempt.fence)
        if self._newest.get(fence, attempt).age > attempt.age:
            raise refusal.late(attempt)
        self._newest[fence] = attempt
        return claim.receipt

    def _in_time(self, attempt: Attempt | None) -> None:
        if attempt and self._newest.get((attempt.model, attempt.fence)) != attempt:
            raise refusal.late(attempt)

    def _state(self, name: str, move: Move) -> str:
        item = self._items.get((name, Ref(move.noun, move.id)))
        return standing(item).state if item else ""

    def _listed(self, query: Query) -> Iterable[Item | Head]:
        if query.noun is Noun.MODEL:
            heads = self._heads.values() if not query.state else ()
            return [head for head in heads if query.since is None or head.at >= query.since]
        return [item for (model, ref), item in self._items.items() if _asked(query, model, ref, item)]


def _asked(query: Query, model: str, ref: Ref, item: Item) -> bool:
    """Whether the query asks for the item."""
    stands = standing(item)
    opened = isinstance(item, Run) and item.open
    open_runs = query.noun is Noun.RUN and not query.model
    return (
        ref.noun is query.noun
        and (opened if open_runs else model == query.model)
        and (query.state in ("", stands.state) or (opened and query.state == OPEN))
        and query.run in ("", stands.run)
        and (query.since is None or item.at >= query.since)
    )


def _position(row: Item | Head) -> str:
    """Where a row stands among the others, by instant and id, as text."""
    ident = row.model if isinstance(row, Head) else standing(row).ref.id
    return f"{row.at.timestamp():020.6f}#{f'{ident:08d}' if isinstance(ident, int) else ident}"


def _cut(rows: list[T], positions: list[str], limit: int, cursor: str) -> Page[T]:
    """So many rows from after the cursor on."""
    begin = positions.index(_read(cursor, positions)) + 1 if cursor else 0
    end = begin + limit
    after = base64.urlsafe_b64encode(positions[end - 1].encode()).decode() if end < len(rows) else ""
    return Page(tuple(rows[begin:end]), after)


def _read(cursor: str, positions: list[str]) -> str:
    try:
        position = base64.urlsafe_b64decode(cursor.encode()).decode()
    except ValueError as unread:
        raise refusal.no_cursor() from unread
    if position not in positions:
        raise refusal.no_cursor()
    return position
