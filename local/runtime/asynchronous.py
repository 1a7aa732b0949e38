"""Calls that nobody waits for (InvocationType Event): retried as AWS does, then sent to the failure destination."""

from __future__ import annotations

import asyncio
import json
import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime

from local.deployment import Function
from local.runtime.calls import Outcome
from local.runtime.fleet import Fleet

_log = logging.getLogger(__name__)
AWS_WAITS_S = (60.0, 120.0)  # before the first and the second retry


@dataclass(frozen=True, slots=True)
class Failure:
    """A call that failed at its last attempt."""

    function: Function
    payload: bytes
    outcome: Outcome
    attempts: int


class AsynchronousCalls:
    """Takes calls in and sees them through; `send` delivers a record to an ARN and may block."""

    def __init__(
        self, fleet: Fleet, send: Callable[[str, bytes], None], waits_s: tuple[float, ...] = AWS_WAITS_S
    ) -> None:
        self._fleet = fleet
        self._send = send
        self._waits_s = waits_s
        self._tasks: set[asyncio.Task[None]] = set()
        self._loop = asyncio.get_running_loop()

    def submit(self, function: Function, payload: bytes) -> None:
        """Take a call in, from the event loop."""
        task = self._loop.create_task(self._see_through(function, payload))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    def submit_from_thread(self, function: Function, payload: bytes) -> None:
        """Take a call in, from another thread."""
        self._loop.call_soon_threadsafe(self.submit, function, payload)

    async def _see_through(self, function: Function, payload: bytes) -> None:
        outcome = await self._fleet.invoke(function.name, payload)
        attempts = 1
        while outcome.error and attempts <= function.async_retries:
            await asyncio.sleep(self._waits_s[min(attempts, len(self._waits_s)) - 1])
            outcome = await self._fleet.invoke(function.name, payload)
            attempts += 1
        if not outcome.error:
            return
        _log.warning("%s failed %d times: %s", function.name, attempts, outcome.payload[:500])
        if function.on_failure:
            record = failure_record(Failure(function, payload, outcome, attempts))
            await asyncio.to_thread(self._send, function.on_failure, record)


def failure_record(failure: Failure) -> bytes:
    """AWS's record for an on-failure destination, as JSON."""
    outcome = failure.outcome
    context = {
        "requestId": outcome.request_id,
        "functionArn": f"{failure.function.arn}:$LATEST",
        "condition": "RetriesExhausted",
        "approximateInvokeCount": failure.attempts,
    }
    record = {
        "version": "1.0",
        "timestamp": datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z"),
        "requestContext": context,
        "requestPayload": json.loads(failure.payload or b"null"),
        "responseContext": {"statusCode": 200, "executedVersion": "$LATEST", "functionError": outcome.error},
        "responsePayload": json.loads(outcome.payload or b"null"),
    }
    return json.dumps(record).encode()
