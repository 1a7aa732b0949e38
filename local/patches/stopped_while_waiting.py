"""moto stops an execution that waits for a task token only once the token is answered. AWS stops it at once."""

from __future__ import annotations

import datetime as dt

from moto.stepfunctions.parser.asl.eval.callback.callback import CallbackOutcomeSuccess
from moto.stepfunctions.parser.backend.execution_worker import ExecutionWorker


def apply() -> None:
    """Answer what waits for a token, once the execution is marked as stopped: it leaves its state, and goes no further.

    An interruption would be taken for a time-out, which fails the execution.
    """
    by_moto = ExecutionWorker.stop

    def stop(self: ExecutionWorker, stop_date: dt.datetime, error: str | None, cause: str | None) -> None:
        by_moto(self, stop_date, error, cause)
        for endpoint in tuple(self.env.callback_pool_manager._pool.values()):  # noqa: SLF001
            if endpoint.get_outcome() is None:
                endpoint.notify(CallbackOutcomeSuccess(endpoint.callback_id, "{}"))

    ExecutionWorker.stop = stop
