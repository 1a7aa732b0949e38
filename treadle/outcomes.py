"""Outcomes as people keep them: a file with the id of each prediction, and what became of it."""

import csv
import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from treadle import files
from treadle.errors import Cell, Misused

Outcome = dict[str, Any]
WORDS: Mapping[str, bool | None] = {"": None, "true": True, "false": False}
"""How a yes, a no, and an outcome that never came to be are written in a CSV file."""


def read(path: Path, task: str) -> Iterator[Outcome]:
    """The outcomes of a .csv or .jsonl file with the columns id and actual; raises Misused."""
    kind = path.name.removesuffix(".gz").rpartition(".")[2].lower()
    if kind not in KINDS:
        raise Misused(f"{path} is of a kind that is not read here", "name a .csv or .jsonl file, also .gz")
    with files.lines(path) as lines:
        yield from KINDS[kind](lines, task)


def _csv(lines: Iterable[str], task: str) -> Iterator[Outcome]:
    reader = csv.DictReader(lines)
    if missing := {"id", "actual"} - set(reader.fieldnames or ()):
        raise Misused(f"the file has no column {min(missing)}", "write a header with id and actual")
    for row in reader:
        yield {"id": row["id"], "actual": _actual(row["actual"] or "", task, reader.line_num)}


def _actual(text: str, task: str, line: int) -> object:
    """In the target's own type: a class is a text, all else a number, a yes or a no."""
    if task == "multiclass":
        return text or None
    if text.lower() in WORDS:
        return WORDS[text.lower()]
    try:
        return json.loads(text, parse_constant=float)
    except ValueError:
        cell = Cell("actual", "is no outcome", text[:99], "a number, true, false or nothing", line=line)
        raise Misused(
            f"line {line} has no outcome of a {task} model", "write it as the target column does", cell
        ) from None


def _jsonl(lines: Iterable[str], _: str) -> Iterator[Outcome]:
    for number, line in enumerate(lines, 1):
        try:
            row = json.loads(line)
            yield {"id": row["id"], "actual": row["actual"]}
        except (ValueError, TypeError, KeyError):
            raise Misused(f"line {number} is no object with id and actual", "write one object a line") from None


KINDS: Mapping[str, Callable[[Iterable[str], str], Iterator[Outcome]]] = {"csv": _csv, "jsonl": _jsonl}
