"""Remaining: the time that the call which is being answered still has; who waits for something gives up before."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from math import inf

_left_ms: ContextVar[Callable[[], float]] = ContextVar("left_ms", default=lambda: inf)


@contextmanager
def telling(left_ms: Callable[[], float]) -> Iterator[None]:
    """While this lasts, `left_ms` tells the milliseconds that are left, as a Lambda context does."""
    before = _left_ms.set(left_ms)
    try:
        yield
    finally:
        _left_ms.reset(before)


def remaining_s() -> float:
    """Seconds that are left; without end where nobody tells."""
    return _left_ms.get()() / 1000
