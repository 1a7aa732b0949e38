"""One cloud a state directory: whoever holds the lock on its file owns it, and the file says who that is."""

from __future__ import annotations

import fcntl
import os
import time
from pathlib import Path

from local.errors import AlreadyRunning

LOCK = "cloud.lock"
PROBE_S = 0.3  # whoever only asks for the owner holds the lock for a moment
UNNAMED = -1  # an owner that has not written its number yet


def claim(state: Path) -> int:
    """Lock the state directory for this process; returns the open file. Raises AlreadyRunning."""
    state.mkdir(parents=True, exist_ok=True)
    file = os.open(state / LOCK, os.O_RDWR | os.O_CREAT, 0o600)
    deadline = time.monotonic() + PROBE_S
    while not _locked(file):
        if time.monotonic() > deadline:
            os.close(file)
            raise AlreadyRunning(
                f"the embedded cloud of {state} is up already, process {owner(state)}",
                fix="use it, or end it with `make down`",
            )
        time.sleep(0.01)
    os.ftruncate(file, 0)
    os.write(file, str(os.getpid()).encode())
    return file


def owner(state: Path) -> int:
    """The process that owns the directory, 0 if nobody does, UNNAMED if it has just begun."""
    path = state / LOCK
    if not path.exists():
        return 0
    with path.open("rb") as file:
        return 0 if _locked(file.fileno()) else int(file.read() or UNNAMED)


def _locked(file: int) -> bool:
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def wait_until_free(state: Path, patience_s: float) -> bool:
    """Wait for the owner to be gone; whether it went."""
    deadline = time.monotonic() + patience_s
    while owner(state):
        if time.monotonic() > deadline:
            return False
        time.sleep(0.02)
    return True
