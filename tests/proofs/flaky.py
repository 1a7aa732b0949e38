"""Flaky: the registry in memory under a schedule; it switches and fails at every call of the port."""

from collections.abc import Callable
from contextlib import suppress
from datetime import datetime
from typing import TypeVar

from shared.domain.change import Audit, Change, Item, Receipt, Ref
from shared.domain.errors import Error
from shared.domain.head import Head
from shared.domain.model import Model
from shared.domain.serving import Serving
from shared.ports.registry import Page, Query, Registry
from tests.proofs.schedule import Fault, Killed, Schedule

T = TypeVar("T")
PASSING = (Fault.CONFLICT, Fault.BUSY, Fault.BROKEN)
"""What the adapter meets by sending the same again, a turn later."""


class Flaky:
    """What the adapter on a bad wire looks like from above: a lost reply is given later, as the client token has it."""

    def __init__(self, registry: Registry, schedule: Schedule) -> None:
        self._registry = registry
        self._schedule = schedule

    def model(self, name: str, *refs: Ref) -> Model:
        """A reading."""
        return self._called("model", lambda: self._registry.model(name, *refs))

    def commit(self, change: Change) -> Receipt:
        """A commit."""
        return self._called("commit", lambda: self._registry.commit(change))

    def page(self, query: Query) -> Page[Item | Head]:
        """A list."""
        return self._called("page", lambda: self._registry.page(query))

    def audit(self, name: str, limit: int = 50, cursor: str = "") -> Page[Audit]:
        """The audit chain."""
        return self._called("audit", lambda: self._registry.audit(name, limit, cursor))

    def serving_at(self, name: str, at: datetime) -> Serving:
        """Which versions answered at that instant."""
        return self._called("serving_at", lambda: self._registry.serving_at(name, at))

    def _called(self, operation: str, call: Callable[[], T]) -> T:
        while True:
            fault = self._next(operation)
            if fault is Fault.KILLED_BEFORE:
                raise Killed
            if fault not in PASSING:
                break
        answer = call()
        if fault is Fault.KILLED_AFTER:
            raise Killed
        if fault is Fault.TWICE:
            self._schedule.later(lambda: _deliver(call))
        if fault is Fault.LOST:
            self._next(operation)
        return answer

    def _next(self, operation: str) -> Fault:
        """Somebody else's turn, then what becomes of the call."""
        self._schedule.switch(operation)
        fault = self._schedule.fault()
        self._schedule.trace.append(fault)
        return fault


def _deliver(call: Callable[[], object]) -> None:
    """Nobody waits for what comes of it."""
    with suppress(Error):
        call()
