"""Capture: the lines that predict and feedback leave in their log, from which everything is watched and learned.

A line is one JSON object of at most `LONGEST` bytes; a call of many rows leaves several lines, each whole in itself.

    {"captured": MODEL, "at": ms, "revision": n, "caller": ID,
     "rows": [{"id": prd_…, "arm": "2h", "failed": true, "score": …, "cells": {column: value}}, …]}
    {"outcomes": MODEL, "at": ms, "caller": ID, "rows": [{"id": prd_…, "actual": value}, …]}

`revision` is the serving record's. `arm` is the version and role that the row was dealt to; where that arm failed,
`failed` is there and the id names the one that answered instead. `score` is the probability of the positive class,
the list of class probabilities, or the value. `cells` are as the caller sent them, private columns hashed or left out;
a row that is longer than a line leaves them all out. `actual` is in the target column's unit; null says that the
outcome never came to be.
"""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated

from pydantic import Field, ValidationError

from shared.domain import record
from shared.domain.prediction import plain, point

PREDICTED, FED_BACK = "captured", "outcomes"
"""The first key of a line says what it is; log subscriptions match it."""

LONGEST = 200_000
"""Bytes of a line: a log event takes 256 kB."""

PREFIX = "captured/"
"""Where the delivery stream puts them: captured/yyyy/MM/dd/HH/."""

Cell = str | int | float | bool | None
"""What JSON writes without brackets."""

Score = float | Sequence[float]
"""The probability of the positive class, those of all classes, or the value."""

_PREDICTED = f'{{"{PREDICTED}":'.encode()
_FED_BACK = f'{{"{FED_BACK}":'.encode()


@dataclass(frozen=True, slots=True)
class CapturedRow:
    """One row that was answered: its prediction's id, the arm that it was dealt to, what was said, what was sent."""

    id: str
    arm: str
    score: Score
    cells: Mapping[str, object]
    failed: bool = False


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one prediction, in the target column's unit; None: it never came to be."""

    id: str
    actual: Cell


@dataclass(frozen=True, slots=True)
class Captured:
    """A line of answered rows; `at` in milliseconds since 1970."""

    model: Annotated[str, Field(alias=PREDICTED)]
    at: int
    revision: int
    caller: str
    rows: tuple[CapturedRow, ...]


@dataclass(frozen=True, slots=True)
class FedBack:
    """A line of outcomes; `at` in milliseconds since 1970."""

    model: Annotated[str, Field(alias=FED_BACK)]
    at: int
    caller: str
    rows: tuple[Outcome, ...]


@dataclass(frozen=True, slots=True)
class Known:
    """A captured row, when it was answered, and what became of it (None: it never came to be)."""

    row: CapturedRow
    at: datetime
    actual: Cell


Line = Captured | FedBack


def read(body: bytes) -> tuple[tuple[Line, ...], int]:
    """The lines of a delivered object in their order, and how many could not be read: cut, or of another kind."""
    for start in (_PREDICTED, _FED_BACK):  # a stream that sets no line ends; quotes within JSON's texts are escaped
        body = body.replace(b"}" + start, b"}\n" + start)
    lines: list[Line] = []
    unread = 0
    for written in filter(bytes.strip, body.split(b"\n")):
        try:
            lines.append(_line(written))
        except ValidationError:
            unread += 1
    return tuple(lines), unread


def _line(written: bytes) -> Line:
    return record.read(Captured, written) if written.startswith(_PREDICTED) else record.read(FedBack, written)


def chosen(request: str, row: int, share: float) -> bool:
    """Whether this row of this request is captured where a share (0–1) of them is: the same draw at every try."""
    return share >= 1 or (share > 0 and point(f"{request}_{row}") < share)


def disguised(model: str, row: Mapping[str, object], private: Sequence[tuple[str, str]]) -> Mapping[str, object]:
    """The row as it may be captured: (column, "omit") is left out, (column, "hash") is 64 bits of a SHA-256 as hex."""
    if not private:
        return row
    shown = dict(row)
    for column, how in private:
        cell = shown.pop(column, None)
        if how == "hash" and cell is not None:
            shown[column] = hashed(model, column, cell)
    return shown


def hashed(model: str, column: str, cell: object) -> str:
    """The first 16 hexadecimal digits of SHA-256 over model, column and value, with NUL between; 1 and 1.0 are one."""
    return hashlib.sha256(f"{model}\0{column}\0{plain(cell)}".encode()).hexdigest()[:16]
