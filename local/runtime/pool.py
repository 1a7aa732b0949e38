"""The workers of one function: calls wait in order, warm workers are taken last in first out."""

from __future__ import annotations

import asyncio
import logging
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass

from local.deployment import Function
from local.runtime.calls import UNHANDLED, Call, Outcome, exited, not_started, timed_out
from local.runtime.environment import Ground
from local.runtime.worker import Worker

_log = logging.getLogger(__name__)
_PATIENCE_S = 0.05  # how long a call waits for a busy warm worker before another one is started
_INIT_LIMIT_S = 10.0  # AWS's own; an init that takes longer is run again within the call's time


@dataclass(frozen=True, slots=True)
class Ears:
    """Who hears of ended calls and printed lines: (function, outcome) and (function, log stream, line)."""

    ended: Callable[[Function, Outcome], None]
    printed: Callable[[Function, str, str], None]


class Pool:
    """Runs calls of one function on at most `limit` workers."""

    def __init__(self, function: Function, ground: Ground, ears: Ears, limit: int) -> None:
        self.function = function
        self._ground = ground
        self._ears = ears
        self._limit = limit
        self._waiting: deque[Call] = deque()
        self._idle: list[Worker] = []
        self._workers: list[Worker] = []
        self._tasks: set[asyncio.Task[None]] = set()
        self._loop = asyncio.get_running_loop()

    async def invoke(self, payload: bytes) -> Outcome:
        """Run one call to its outcome; it goes on when the caller stops waiting."""
        call = Call(payload, self._loop.create_future())
        if self._idle:
            self._idle.pop().take(call)
        else:
            self._waiting.append(call)
            self._loop.call_later(_PATIENCE_S if self._workers else 0, self._grow_for, call)
        return await call.answer

    def reap(self, idle_s: float) -> None:
        """End the workers that have waited longer than `idle_s` seconds."""
        oldest = self._loop.time() - idle_s
        for worker in [w for w in self._idle if w.idle_since < oldest]:
            self._idle.remove(worker)
            worker.kill()

    async def close(self) -> None:
        """End every worker; returns when they are gone."""
        self._limit = 0
        while self._workers:
            for worker in self._workers:
                worker.kill()
            await asyncio.sleep(0.005)

    def ready(self, worker: Worker) -> None:
        """Give the worker the call that has waited longest, or let it wait."""
        while self._waiting:
            call = self._waiting.popleft()
            if not call.answer.done():
                worker.take(call)
                return
        self._idle.append(worker)

    def ended(self, call: Call, payload: bytes, error: str) -> None:
        """Hand an outcome to who waits for it and to who counts it."""
        self._ears.ended(self.function, call.end(payload, error, time.perf_counter()))

    def failed_to_start(self, payload: bytes) -> None:
        """Fail all waiting calls with the reason why the handler could not be loaded."""
        while self._waiting:
            self.ended(self._waiting.popleft(), payload, UNHANDLED)

    def gone(self, worker: Worker, return_code: int) -> None:
        """Forget the worker; if it never started, the waiting calls fail with its exit."""
        self._workers.remove(worker)
        _log.info("%s used at most %.0f of %d MB", self.function.name, worker.most_mb, self.function.memory_mb)
        if worker in self._idle:
            self._idle.remove(worker)
        if not worker.started:
            while self._waiting:
                call = self._waiting.popleft()
                self.ended(call, exited(call.request_id, return_code), UNHANDLED)
        self._grow()

    def printed(self, worker: Worker, line: str) -> None:
        """Pass on a printed line with the worker's log stream."""
        self._ears.printed(self.function, worker.log_stream, line)

    def _grow_for(self, call: Call) -> None:
        if not call.begun_at and not call.answer.done():
            self._grow()

    def _grow(self) -> None:
        starting = sum(not worker.started for worker in self._workers)
        if starting < len(self._waiting) and len(self._workers) < self._limit:
            worker = Worker(self.function, self)
            self._workers.append(worker)
            task = self._loop.create_task(self._start(worker))
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)

    async def _start(self, worker: Worker) -> None:
        try:
            await worker.start(self._ground)
        except OSError as error:
            _log.exception("no worker for %s", self.function.name)
            self._workers.remove(worker)
            self.failed_to_start(not_started(f"{error.strerror}: {error.filename}"))
        else:
            self._loop.call_later(_INIT_LIMIT_S + self.function.timeout_s, self._give_up, worker)

    def _give_up(self, worker: Worker) -> None:
        if not worker.started:
            while self._waiting:
                call = self._waiting.popleft()
                self.ended(call, timed_out(call.request_id, self.function.timeout_s), UNHANDLED)
            worker.kill()
