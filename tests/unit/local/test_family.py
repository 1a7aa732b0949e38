"""Processes that never outlive the one that started them."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import psutil
import pytest

from local.errors import DidNotStart
from local.family import Family

SLEEPER = """
import subprocess, sys, time
subprocess.Popen([sys.executable, "-c", "import time; time.sleep(99)"])
time.sleep(99)
"""
STUBBORN = [sys.executable, "-c", "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); time.sleep(99)"]
OWNER = """
import os, sys, time
from pathlib import Path
from local.family import Family
family = Family(Path(sys.argv[1]))
family.start("sleeper", [sys.executable, "-c", sys.argv[2]], os.environ)
print(family.members["sleeper"].pid, flush=True)
time.sleep(99)
"""


def _group(process: int) -> list[int]:
    """The living processes of a process' group."""
    living = (each.pid for each in psutil.process_iter(["status"]) if each.info["status"] != psutil.STATUS_ZOMBIE)
    return [pid for pid in living if _group_of(pid) == process]


def _group_of(pid: int) -> int:
    """The process group; -1 for a process that has just gone."""
    try:
        return os.getpgid(pid)
    except ProcessLookupError:
        return -1


def _is_gone(group: int) -> bool:
    deadline = time.monotonic() + 10
    while _group(group) and time.monotonic() < deadline:
        time.sleep(0.02)
    return not _group(group)


def test_at_the_end_children_and_their_children_are_gone(tmp_path: Path) -> None:
    family = Family(tmp_path)
    family.start("sleeper", [sys.executable, "-c", SLEEPER], os.environ)
    family.start("stubborn", STUBBORN, os.environ)
    group = os.getpgid(family.members["sleeper"].pid)
    family.end()
    assert _is_gone(group)


def test_a_killed_owner_takes_everybody_along(tmp_path: Path) -> None:
    with subprocess.Popen(
        [sys.executable, "-c", OWNER, str(tmp_path), SLEEPER],
        stdout=subprocess.PIPE,
        text=True,
        cwd=Path(__file__).parents[3],
    ) as process:
        assert process.stdout is not None
        group = os.getpgid(int(process.stdout.readline()))
        process.send_signal(signal.SIGKILL)
    assert _is_gone(group)


def test_a_member_that_ends_by_itself_is_named_with_its_last_words(tmp_path: Path) -> None:
    family = Family(tmp_path)
    family.start("moto", [sys.executable, "-c", "raise SystemExit('no such port')"], os.environ)
    family.members["moto"].wait()
    with pytest.raises(DidNotStart, match=r"moto ended with status 1\n.*no such port"):
        family.refuse_the_dead()
    family.end()
