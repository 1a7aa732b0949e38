"""A function without room says which setting gives it more."""

import errno
import os
from pathlib import Path

import pytest

from shared.domain.errors import DiskFull, OutOfMemory
from shared.domain.exhausted import told_for

FULL = Path("/dev/full")
"""Linux has a disk that is always full."""


def _write() -> None:
    """Write to a full disk."""
    if not FULL.exists():
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
    FULL.write_bytes(b"x")


def test_a_full_disk_names_the_function_and_the_setting() -> None:
    with pytest.raises(DiskFull) as told, told_for("train"):
        _write()
    assert told.value.detail == "the disk of train is full: raise disk_mb.train in cdk.json"
    assert told.value.problems[0].fix == "raise disk_mb.train in cdk.json and deploy"


def test_used_up_memory_names_the_function_and_the_setting() -> None:
    with pytest.raises(OutOfMemory) as told, told_for("score"):
        bytearray(2**62)
    assert told.value.detail == "score is out of memory: raise memory_mb.score in cdk.json"


def test_a_quota_is_a_full_disk_too() -> None:
    with pytest.raises(DiskFull), told_for("data"):
        raise OSError(errno.EDQUOT, os.strerror(errno.EDQUOT))


def test_any_other_error_of_the_system_passes(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError), told_for("data"):
        (tmp_path / "absent").read_bytes()


def test_what_succeeds_is_left_alone() -> None:
    with told_for("data"):
        done = True
    assert done
