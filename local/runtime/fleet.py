"""All functions of a deployment: one door to call any of them, from the event loop or from a thread."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Iterable

from local.deployment import Function
from local.runtime.calls import Outcome
from local.runtime.environment import Ground
from local.runtime.pool import Ears, Pool

_IDLE_S = 300.0  # AWS keeps an environment for some minutes too
_LEAST_WORKERS = 2  # so that a function may call itself, or a slow call not block a health check


class UnknownFunction(LookupError):
    """No function of this name is deployed."""


class Fleet:
    """The pools by name; made inside the running event loop."""

    def __init__(self, functions: Iterable[Function], ground: Ground, ears: Ears) -> None:
        limit = max(_LEAST_WORKERS, os.cpu_count() or 1)
        self._pools = {function.name: Pool(function, ground, ears, limit) for function in functions}
        self._loop = asyncio.get_running_loop()

    def function(self, name: str) -> Function:
        """Find a function by name, by ARN or by either with a version or alias; raises UnknownFunction."""
        bare = name.rsplit(":function:", maxsplit=1)[-1].split(":", maxsplit=1)[0]
        if bare not in self._pools:
            raise UnknownFunction(name)
        return self._pools[bare].function

    async def invoke(self, name: str, payload: bytes) -> Outcome:
        """Run one call of the function with exactly this name; raises UnknownFunction."""
        if name not in self._pools:
            raise UnknownFunction(name)
        return await self._pools[name].invoke(payload)

    def call(self, name: str, payload: bytes) -> Outcome:
        """The same from another thread, which waits."""
        return asyncio.run_coroutine_threadsafe(self.invoke(name, payload), self._loop).result()

    async def reap(self) -> None:
        """End idle workers, for ever."""
        while True:
            await asyncio.sleep(_IDLE_S / 10)
            for pool in self._pools.values():
                pool.reap(_IDLE_S)

    async def close(self) -> None:
        """End every worker; returns when they are gone."""
        await asyncio.gather(*(pool.close() for pool in self._pools.values()))
