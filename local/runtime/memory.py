"""A worker's memory, held to what its function has: whoever uses more is killed, as AWS does it."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

import psutil

LOOK_EVERY_S = 0.1
_MB = 1024 * 1024


class MemoryLimit:
    """Looks at a process's resident memory ten times a second while it works; `over` hears of too much."""

    def __init__(self, pid: int, limit_mb: int, over: Callable[[], None]) -> None:
        self.most_mb = 0.0
        self._process = psutil.Process(pid)
        self._limit_mb = limit_mb
        self._over = over
        self._working = False
        self._looking = False
        self._loop = asyncio.get_running_loop()

    @property
    def exceeded(self) -> bool:
        """Whether it has used more than it may."""
        return self.most_mb > self._limit_mb

    def begin(self) -> None:
        """It works: look soon, and again and again."""
        self._working = True
        if not self._looking:
            self._looking = True
            self._loop.call_later(LOOK_EVERY_S, self._look)

    def end(self) -> None:
        """It works no longer: the next look is the last, so that what works for moments is seen, too."""
        self._working = False

    def _look(self) -> None:
        try:
            self.most_mb = max(self.most_mb, self._process.memory_info().rss / _MB)
        except psutil.Error:  # it has ended, and the news is on its way
            return
        if self.exceeded and self._working:
            self._over()
        elif self._working:
            self._loop.call_later(LOOK_EVERY_S, self._look)
        else:
            self._looking = False
