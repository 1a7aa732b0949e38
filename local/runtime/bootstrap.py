"""The first lines of a worker process: die with the front, be nice if a trainer, then become awslambdaric.

Run by path as `python -P bootstrap.py HANDLER NICENESS FRONT_PID`; `-P` keeps this folder off the handler's path.
"""

from __future__ import annotations

import ctypes
import importlib.util
import os
import runpy
import signal
import sys
import threading
import time
from importlib.machinery import SourceFileLoader
from pathlib import Path

_PR_SET_PDEATHSIG = 1  # linux/prctl.h


def die_with(front_pid: int) -> None:
    """Have this process killed when the front ends, however it ends."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
        if os.getppid() != front_pid:  # it ended before the line above
            os._exit(1)
    else:
        threading.Thread(target=_watch, args=(front_pid,), daemon=True).start()


def _watch(front_pid: int) -> None:
    while os.getppid() == front_pid:
        time.sleep(1)
    os._exit(1)


def keep_clean(code: str) -> None:
    """Write no byte code beside the function's own modules: on AWS that folder is read-only, here it is the asset."""
    write = SourceFileLoader.set_data

    def set_data(self: SourceFileLoader, path: str, data: bytes, *, _mode: int = 0o666) -> None:
        if not path.startswith(code + os.sep):
            write(self, path, data, _mode=_mode)

    SourceFileLoader.set_data = set_data  # type: ignore[method-assign, assignment]


def main(handler: str, niceness: int, front_pid: int) -> None:
    """Run `handler` for ever as AWS's own runtime interface client would."""
    die_with(front_pid)
    keep_clean(os.environ["LAMBDA_TASK_ROOT"])
    os.nice(niceness)
    if importlib.util.find_spec("runtime_client") is None:
        sys.path.append(str(Path(__file__).parent / "stand_in"))
    sys.argv = ["awslambdaric", handler]
    runpy.run_module("awslambdaric", run_name="__main__", alter_sys=True)


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]))
