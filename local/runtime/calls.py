"""A call of a function and what it came to, in the shapes that AWS gives them."""

from __future__ import annotations

import asyncio
import json
import math
import signal
import uuid
from dataclasses import dataclass, field

SYNC_LIMIT_BYTES = 6 * 1024 * 1024  # into a function and, with AWS's hundred bytes of slack, out of it
ANSWER_LIMIT_BYTES = SYNC_LIMIT_BYTES + 100
ASYNC_LIMIT_BYTES = 1024 * 1024
UNHANDLED = "Unhandled"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a call came to: the payload, AWS's FunctionError ("" = none), and how long the handler ran."""

    request_id: str
    payload: bytes
    error: str = ""
    duration_s: float = 0.0


@dataclass(slots=True)
class Call:
    """A call on its way: its payload, and the future that its outcome is set in."""

    payload: bytes
    answer: asyncio.Future[Outcome]
    request_id: str = field(default_factory=lambda: str(uuid.uuid4()))
    begun_at: float = 0.0  # perf_counter's seconds; 0 = it still waits

    def end(self, payload: bytes, error: str, now: float) -> Outcome:
        """Set the outcome, unless the caller has gone; returns it."""
        duration_s = now - self.begun_at if self.begun_at else 0.0
        outcome = Outcome(self.request_id, payload, error, duration_s)
        if not self.answer.done():
            self.answer.set_result(outcome)
        return outcome


def timed_out(request_id: str, timeout_s: int) -> bytes:
    """AWS's payload for a function that ran longer than its template allows."""
    return _failure(request_id, "Sandbox.Timedout", f"Task timed out after {timeout_s}.00 seconds")


def exited(request_id: str, return_code: int) -> bytes:
    """AWS's payload for a worker that ended in the middle of a call; a negative code is a signal."""
    return _failure(request_id, "Runtime.ExitError", f"Runtime exited {_how(return_code)}")


def report(call: Call, memory_mb: int, now: float) -> str:
    """AWS's last line on a call that used all its memory."""
    lasted_ms = (now - call.begun_at) * 1000
    return (
        f"REPORT RequestId: {call.request_id}\tDuration: {lasted_ms:.2f} ms\tBilled Duration: {math.ceil(lasted_ms)} ms"
        f"\tMemory Size: {memory_mb} MB\tMax Memory Used: {memory_mb} MB"
    )


def not_started(reason: str) -> bytes:
    """The payload where no worker could be started at all, as AWS has it for a bad image."""
    return json.dumps({"errorType": "Runtime.InvalidEntrypoint", "errorMessage": reason}).encode()


def answer_too_large() -> bytes:
    """AWS's payload for an answer above 6 MB."""
    message = f"Response payload size exceeded maximum allowed payload size ({ANSWER_LIMIT_BYTES} bytes)."
    return json.dumps({"errorType": "Function.ResponseSizeTooLarge", "errorMessage": message}).encode()


def _failure(request_id: str, kind: str, message: str) -> bytes:
    return json.dumps({"errorType": kind, "errorMessage": f"RequestId: {request_id} Error: {message}"}).encode()


def _how(return_code: int) -> str:
    if return_code == 0:
        return "without providing a reason"
    if return_code > 0:
        return f"with error: exit status {return_code}"
    return f"with error: signal: {signal.strsignal(-return_code) or -return_code}".lower()
