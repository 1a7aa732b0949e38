"""One worker: an awslambdaric process with its Runtime API, at most one call in flight."""

from __future__ import annotations

import asyncio
import json
import os
import signal
import time
import uuid
from contextlib import suppress
from pathlib import Path
from typing import Protocol, cast

from local.deployment import Function
from local.runtime.api import RuntimeConnection, Said
from local.runtime.calls import ANSWER_LIMIT_BYTES, UNHANDLED, Call, answer_too_large, exited, report, timed_out
from local.runtime.environment import Ground, worker_environment
from local.runtime.memory import MemoryLimit

TRAINER_TIMEOUT_S = 300  # a function that may run this long trains: it must not slow the ones that answer people
_TRAINER_NICENESS = 10
_BOOTSTRAP = Path(__file__).with_name("bootstrap.py")


class Crew(Protocol):
    """Who a worker reports to."""

    def ready(self, worker: Worker) -> None:
        """The worker waits for a call."""

    def ended(self, call: Call, payload: bytes, error: str) -> None:
        """A call has come to an outcome."""

    def failed_to_start(self, payload: bytes) -> None:
        """The worker could not load its handler, and says why."""

    def gone(self, worker: Worker, return_code: int) -> None:
        """The process has ended."""

    def printed(self, worker: Worker, line: str) -> None:
        """The process has printed a line."""


class Worker(asyncio.SubprocessProtocol):
    """The process, its Runtime API and the call in flight."""

    def __init__(self, function: Function, crew: Crew) -> None:
        self.function = function
        self.log_stream = time.strftime("%Y/%m/%d/[$LATEST]", time.gmtime()) + uuid.uuid4().hex
        self.idle_since = 0.0
        self.started = False
        self._crew = crew
        self._loop = asyncio.get_running_loop()
        self._calls: list[Call] = []  # none or one
        self._connections: list[RuntimeConnection] = []
        self._unfinished = b""
        self._pid = 0  # 0 = no process yet, or none any more

    async def start(self, ground: Ground) -> None:
        """Open the Runtime API on a port of its own and start the process."""
        self._api = await self._loop.create_server(lambda: RuntimeConnection(self, self._connected), "127.0.0.1", 0)
        host, port = self._api.sockets[0].getsockname()[:2]
        try:
            await self._launch(ground, f"{host}:{port}")
        except OSError:
            self._api.close()
            raise

    async def _launch(self, ground: Ground, api_address: str) -> None:
        function = self.function
        niceness = _TRAINER_NICENESS if function.timeout_s >= TRAINER_TIMEOUT_S else 0
        await self._loop.subprocess_exec(
            lambda: self,
            *(str(ground.python), "-P", str(_BOOTSTRAP), function.handler, str(niceness), str(os.getpid())),
            cwd=function.code,
            env=worker_environment(function, ground, api_address, self.log_stream),
            stdin=asyncio.subprocess.DEVNULL,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.STDOUT,
        )

    def take(self, call: Call) -> None:
        """Run a call; the worker must be waiting for one."""
        self._calls.append(call)
        call.begun_at = time.perf_counter()
        self._memory.begin()
        timeout_s = self.function.timeout_s
        self._timer = self._loop.call_later(timeout_s, self._expire)
        self._connections[0].deliver(call.request_id, self.function.arn, timeout_s, call.payload)

    def heard(self, said: Said, body: bytes) -> None:
        """Take in what the process says over the Runtime API."""
        if said is Said.NEXT:
            self.started, self.idle_since = True, self._loop.time()
            self._crew.ready(self)
        elif said is Said.INIT_ERROR:
            self._crew.failed_to_start(body)
        elif said is Said.ERROR:
            self._end(body, UNHANDLED)
        elif len(body) > ANSWER_LIMIT_BYTES:
            self._end(answer_too_large(), UNHANDLED)
        else:
            self._end(body, "")

    @property
    def most_mb(self) -> float:
        """The most resident memory that was seen, in MB; 0 before it has worked."""
        return self._memory.most_mb

    def kill(self) -> None:
        """End the process at once; its own children end with the cloud, whose process group they are in."""
        if self._pid:
            with suppress(ProcessLookupError):  # it has ended already, and the news is on its way to us
                os.kill(self._pid, signal.SIGKILL)

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """The process runs."""
        self._transport = cast("asyncio.SubprocessTransport", transport)
        self._pid = self._transport.get_pid()
        self._memory = MemoryLimit(self._pid, self.function.memory_mb, self.kill)

    def pipe_data_received(self, _fd: int, data: bytes) -> None:
        """Cut what the process prints into lines."""
        *lines, self._unfinished = (self._unfinished + data).split(b"\n")
        for line in lines:
            self._crew.printed(self, _text(line))

    def process_exited(self) -> None:
        """Fail the call in flight and tell the crew."""
        self._api.close()
        self._pid = 0
        return_code = self._transport.get_returncode() or 0
        for call in self._calls[:]:
            self._fail(exited(call.request_id, return_code))
            if self._memory.exceeded:
                self._crew.printed(self, report(call, self.function.memory_mb, time.perf_counter()))
        self._crew.gone(self, return_code)

    def connection_lost(self, _exc: Exception | None) -> None:
        """All pipes are closed: what was printed last may lack its end of line."""
        self._transport.close()
        if self._unfinished:
            self._crew.printed(self, _text(self._unfinished))

    def _connected(self, connection: RuntimeConnection) -> None:
        if self._connections != [connection]:
            self._connections = [connection]

    def _expire(self) -> None:
        for call in self._calls[:]:
            self._fail(timed_out(call.request_id, self.function.timeout_s))
        self.kill()

    def _fail(self, payload: bytes) -> None:
        self._crew.printed(self, str(json.loads(payload)["errorMessage"]))
        self._end(payload, UNHANDLED)

    def _end(self, payload: bytes, error: str) -> None:
        if self._calls:
            self._timer.cancel()
            self._memory.end()
            self._crew.ended(self._calls.pop(), payload, error)


def _text(line: bytes) -> str:
    """Decode a printed line; awslambdaric ends the lines of a traceback with carriage returns."""
    return line.decode("utf-8", "replace").replace("\r", "\n")
