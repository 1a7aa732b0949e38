"""How a piece of clockwork runs: a thread that takes one step after another until the front ends."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable

_log = logging.getLogger(__name__)
_PAUSE_AFTER_ERROR_S = 1.0

Step = Callable[[], float]
"""Does one piece of work and returns the seconds to wait before the next."""


def keep(name: str, step: Step, stop: threading.Event) -> threading.Thread:
    """Run `step` again and again in a thread of its own; an error is logged, and the loop goes on."""
    thread = threading.Thread(target=_run, args=(name, step, stop), name=name, daemon=True)
    thread.start()
    return thread


def _run(name: str, step: Step, stop: threading.Event) -> None:
    pause_s = 0.0
    while not stop.wait(pause_s):
        try:
            pause_s = step()
        except Exception:  # noqa: BLE001 whatever one step raises, the clock must go on
            if stop.is_set():
                return
            _log.exception("%s stumbled and goes on in %s s", name, _PAUSE_AFTER_ERROR_S)
            pause_s = _PAUSE_AFTER_ERROR_S
