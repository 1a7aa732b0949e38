"""What a tree of processes has cost: user and system seconds, those of children that ended included. Linux alone."""

import os
from collections import defaultdict
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

TICK_S = 1 / os.sysconf("SC_CLK_TCK")
PROC = Path("/proc")


@dataclass(frozen=True, slots=True)
class Process:
    """One process: who started it, what it is, and its CPU seconds with those of the children that it has buried."""

    id: int
    parent: int
    words: tuple[str, ...]
    cpu_s: float


def tree(root: int) -> Mapping[int, Process]:
    """The process and all that descends from it, by id."""
    children = defaultdict(list)
    for process in _all():
        children[process.parent].append(process)
        if process.id == root:
            children[0].append(process)
    found: dict[int, Process] = {}
    waiting = [process for process in children[0] if process.id == root]
    while waiting:
        process = waiting.pop()
        found[process.id] = process
        waiting += children[process.id]
    return found


def cpu_s(root: int) -> float:
    """CPU seconds of the tree so far; a process that ends is counted on by its parent."""
    return sum(process.cpu_s for process in tree(root).values())


def spent(before: Mapping[int, Process], after: Mapping[int, Process]) -> Mapping[tuple[str, ...], float]:
    """CPU seconds between two looks at a tree, by command line, largest first."""
    seconds: dict[tuple[str, ...], float] = defaultdict(float)
    for process in after.values():
        earlier = before[process.id].cpu_s if process.id in before else 0.0
        seconds[process.words] += process.cpu_s - earlier
    return dict(sorted(seconds.items(), key=lambda each: -each[1]))


def load() -> str:
    """How busy the machine is, and how many processors it has."""
    one, five, _ = os.getloadavg()
    return f"{os.cpu_count()} processors, load {one:.1f} (five minutes: {five:.1f})"


def _all() -> Iterator[Process]:
    for folder in PROC.iterdir():
        if folder.name.isdecimal():
            with suppress(FileNotFoundError, ProcessLookupError):  # it ended while we looked
                yield _read(folder)


def _read(folder: Path) -> Process:
    """proc(5): fields 4 and 14 to 17 of stat, counted after the name in parentheses, which may hold spaces."""
    fields = (folder / "stat").read_text().rpartition(")")[2].split()
    words = (folder / "cmdline").read_bytes().decode("utf-8", "replace").split("\0")
    return Process(int(folder.name), int(fields[1]), tuple(words), TICK_S * sum(map(int, fields[11:15])))
