"""Captures: what was asked, answered and fed back as the lines of the capture log, none over the log's limit."""

import json
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime

import orjson

from shared.domain.capture import FED_BACK, LONGEST, PREDICTED, CapturedRow, Outcome

Row = Mapping[str, object]


def predicted(model: str, at: datetime, revision: int, caller: str, rows: Sequence[CapturedRow]) -> Iterator[bytes]:
    """The lines of one call's rows that are captured; none where none is."""
    head = {PREDICTED: model, "at": _milliseconds(at), "revision": revision, "caller": caller}
    return _lines(head, list(map(_row, rows)))


def fed_back(model: str, at: datetime, caller: str, rows: Sequence[Outcome]) -> Iterator[bytes]:
    """The lines of one call's outcomes; none where none was accepted."""
    head = {FED_BACK: model, "at": _milliseconds(at), "caller": caller}
    return _lines(head, [{"id": row.id, "actual": row.actual} for row in rows])


def _row(of: CapturedRow) -> Row:
    said: dict[str, object] = {"id": of.id, "arm": of.arm, "score": of.score, "cells": of.cells}
    return {**said, "failed": True} if of.failed else said


def _milliseconds(at: datetime) -> int:
    return int(at.timestamp() * 1000)


def _lines(head: Row, rows: Sequence[Row]) -> Iterator[bytes]:
    """One line, or as many as it takes; a row that is longer than a line loses its cells."""
    if not rows:
        return
    line = _written({**head, "rows": rows})
    if len(line) <= LONGEST:
        yield line
    elif len(rows) == 1:
        yield _written({**head, "rows": [{**rows[0], "cells": {}}]})
    else:
        size = max(1, len(rows) * LONGEST // len(line) * 9 // 10)
        for start in range(0, len(rows), size):
            yield from _lines(head, rows[start : start + size])


def _written(line: Row) -> bytes:
    try:
        return orjson.dumps(line)
    except TypeError:  # a whole number of more than 64 bits, which a float column may hold
        return json.dumps(line, ensure_ascii=False, separators=(",", ":")).encode()
