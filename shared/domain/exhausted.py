"""Exhausted: a function that has used up its disk or memory says which setting gives it more."""

import errno
from collections.abc import Iterator
from contextlib import contextmanager

from shared.domain.errors import DiskFull, OutOfMemory, Problem

NO_ROOM = frozenset({errno.ENOSPC, errno.EDQUOT})


@contextmanager
def told_for(function: str) -> Iterator[None]:
    """Python's own words for a full disk or memory become ours, for this function; raises DiskFull, OutOfMemory."""
    try:
        yield
    except MemoryError as error:
        detail = f"{function} is out of memory: raise memory_mb.{function} in cdk.json"
        raise OutOfMemory(detail, _problem("memory", f"memory_mb.{function}")) from error
    except OSError as error:
        if error.errno not in NO_ROOM:
            raise
        detail = f"the disk of {function} is full: raise disk_mb.{function} in cdk.json"
        raise DiskFull(detail, _problem("disk", f"disk_mb.{function}")) from error


def _problem(what: str, setting: str) -> Problem:
    return Problem(f"/{what}", f"all of the function's {what} is used", fix=f"raise {setting} in cdk.json and deploy")
