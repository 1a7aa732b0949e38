"""Workers' output → a file a function for people, and CloudWatch Logs; subscriptions and filters hear it on the way."""

from __future__ import annotations

import logging
import threading
import time
from collections import defaultdict, deque
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from local.deployment import Function

if TYPE_CHECKING:
    from mypy_boto3_logs import CloudWatchLogsClient

_log = logging.getLogger(__name__)
_FLUSH_S = 0.25
_EVENT_LIMIT_BYTES = 256 * 1024
_BATCH_EVENTS = 5_000  # AWS takes 10,000 events and 1 MiB a call
_BATCH_BYTES = 900_000
_EVENT_OVERHEAD_BYTES = 26


@dataclass(frozen=True, slots=True)
class Line:
    """A printed line: where it belongs and when it came (epoch seconds)."""

    function: str
    log_group: str
    log_stream: str
    text: str
    at: float


Hear = Callable[[Sequence[Line]], None]


class LogShipper:
    """Takes lines in at no cost to the caller, and ships them a few times a second from a thread of its own."""

    def __init__(self, logs: CloudWatchLogsClient, directory: Path, hear: Iterable[Hear]) -> None:
        directory.mkdir(parents=True, exist_ok=True)
        self._logs = logs
        self._directory = directory
        self._hear = tuple(hear)
        self._waiting: deque[Line] = deque()
        self._made: set[tuple[str, str]] = set()
        self._shipping = threading.Lock()  # the last step is taken by whoever stops the clockwork

    def take(self, function: Function, log_stream: str, text: str) -> None:
        """Take one printed line; called in the event loop."""
        if text:
            self._waiting.append(Line(function.name, function.log_group, log_stream, text, time.time()))

    def step(self) -> float:
        """Ship what has come since the last step."""
        with self._shipping:
            lines = [self._waiting.popleft() for _ in range(len(self._waiting))]
            if lines:
                self._ship(lines)
        return _FLUSH_S

    def _ship(self, lines: Sequence[Line]) -> None:
        self._write_files(lines)
        for hear in self._hear:
            hear(lines)
        for (group, stream), some in _grouped(lines).items():
            self._put(group, stream, some)

    def _write_files(self, lines: Iterable[Line]) -> None:
        by_function: defaultdict[str, list[str]] = defaultdict(list)
        for line in lines:
            by_function[line.function].append(line.text + "\n")
        for function, texts in by_function.items():
            with (self._directory / f"{function}.log").open("a", encoding="utf-8") as file:
                file.writelines(texts)

    def _put(self, group: str, stream: str, lines: Sequence[Line]) -> None:
        self._make(group, stream)
        for batch in _batches(lines):
            self._logs.put_log_events(
                logGroupName=group,
                logStreamName=stream,
                logEvents=[{"timestamp": int(line.at * 1000), "message": line.text} for line in batch],
            )

    def _make(self, group: str, stream: str) -> None:
        if (group, stream) in self._made:
            return
        exceptions = self._logs.exceptions
        try:
            self._logs.create_log_stream(logGroupName=group, logStreamName=stream)
        except exceptions.ResourceNotFoundException:
            _log.info("log group %s is made at its first line, as Lambda does", group)
            self._logs.create_log_group(logGroupName=group)
            self._logs.create_log_stream(logGroupName=group, logStreamName=stream)
        except exceptions.ResourceAlreadyExistsException:
            _log.info("log stream %s is there already", stream)
        self._made.add((group, stream))


def _grouped(lines: Iterable[Line]) -> dict[tuple[str, str], list[Line]]:
    out: defaultdict[tuple[str, str], list[Line]] = defaultdict(list)
    for line in lines:
        out[line.log_group, line.log_stream].extend(_cut(line))
    return out


def _cut(line: Line) -> list[Line]:
    """Cut a line that is no longer one event into several, at whole characters."""
    data, limit = line.text.encode(), _EVENT_LIMIT_BYTES
    if len(data) <= limit:
        return [line]
    parts = [data[i : i + limit].decode("utf-8", "ignore") for i in range(0, len(data), limit)]
    return [Line(line.function, line.log_group, line.log_stream, part, line.at) for part in parts]


def _batches(lines: Sequence[Line]) -> list[list[Line]]:
    out: list[list[Line]] = [[]]
    size = 0
    for line in lines:
        cost = len(line.text.encode()) + _EVENT_OVERHEAD_BYTES
        if out[-1] and (size + cost > _BATCH_BYTES or len(out[-1]) == _BATCH_EVENTS):
            out.append([])
            size = 0
        out[-1].append(line)
        size += cost
    return out
