"""Child processes that never outlive this one: not at its end, not at Ctrl-C, not when it is killed.

All of them, and theirs, are one process group of a watchdog that reads a pipe from us; when we are gone the pipe ends.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from pathlib import Path

from local.errors import DidNotStart

PATIENCE_S = 2.0
LINES_SHOWN = 12


class Family:
    """Processes by name; `keep` are files that stay open as long as any of them may live."""

    def __init__(self, logs: Path, keep: Sequence[int] = ()) -> None:
        self.logs = logs
        self.members: dict[str, subprocess.Popen[bytes]] = {}
        logs.mkdir(parents=True, exist_ok=True)
        self._watchdog = subprocess.Popen(
            [sys.executable, "-I", "-S", str(Path(__file__).with_name("watchdog.py"))],
            stdin=subprocess.PIPE,
            process_group=0,
            pass_fds=keep,
        )

    def start(self, name: str, command: Sequence[str], environment: Mapping[str, str]) -> None:
        """Start a member; what it prints goes to `logs/{name}.log`."""
        with (self.logs / f"{name}.log").open("wb") as log:
            self.members[name] = subprocess.Popen(
                command,
                env=dict(environment),
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                process_group=self._watchdog.pid,
            )

    def refuse_the_dead(self) -> None:
        """Raises DidNotStart, with the end of its log, when a member has ended."""
        for name, process in {**self.members, "watchdog": self._watchdog}.items():
            if (status := process.poll()) is not None:
                raise DidNotStart(f"{name} ended with status {status}{self._last_words(name)}")

    def _last_words(self, name: str) -> str:
        log = self.logs / f"{name}.log"
        if not log.exists():
            return ""
        lines = log.read_text(errors="replace").splitlines()[-LINES_SHOWN:]
        return "".join(f"\n    {line}" for line in lines)

    def end(self) -> None:
        """Ask one member after the other to end, the youngest first, since it may need those that were there before.

        Those that do not are ended, with everything they started.
        """
        for process in reversed(self.members.values()):
            if process.poll() is None:
                process.send_signal(signal.SIGTERM)
            deadline = time.monotonic() + PATIENCE_S
            while process.poll() is None and time.monotonic() < deadline:
                time.sleep(0.01)
        self.kill()

    def kill(self) -> None:
        """End the whole group now."""
        if self._watchdog.stdin is not None:
            self._watchdog.stdin.close()
        self._watchdog.wait()
        for process in self.members.values():
            process.wait()


def is_orphaned(parent: int) -> bool:
    """Whether the process that started this one is gone."""
    return os.getppid() != parent
