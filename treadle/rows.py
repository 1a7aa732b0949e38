"""Rows as people write them, column=value or lines of a file, in the types that a version takes."""

import csv
import json
from collections.abc import Iterable, Iterator, Mapping
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from treadle import files
from treadle.errors import Cell, Misused

Row = dict[str, Any]
Types = Mapping[str, str]
"""Column → its type in the version's signature."""

NUMBERS = frozenset({"integer", "number"})
SHOW = "treadle versions show MODEL lists what it takes"


def typed(words: Iterable[str], types: Types) -> Row:
    """The row that column=value words say; an empty value is a missing one. Raises Misused with every bad word."""
    pairs = [word.partition("=") for word in words]
    wrong = [Cell("", "not column=value", word) for word, is_, _ in pairs if not is_]
    wrong += [_stranger(column, types) for column, is_, _ in pairs if is_ and column not in types]
    if wrong:
        raise Misused("the row is not as it should be", SHOW, *wrong)
    return {column: _value(column, text, types[column]) for column, _, text in pairs}


def _stranger(column: str, types: Types) -> Cell:
    near = get_close_matches(column, types, n=1)
    return Cell(column, "is no column of this model", fix=f"did you mean {near[0]}?" if near else "leave it out")


def _value(column: str, text: str, kind: str, line: int = 0) -> object:
    if not text:
        return None
    if kind not in NUMBERS:
        return text
    try:
        return json.loads(text, parse_constant=float)
    except ValueError:
        cell = Cell(column, "is not a number", text[:99], "digits, such as 1400 or -0.5", line=line)
        raise Misused(f"{column} takes a number", SHOW, cell) from None


def read(path: Path, types: Types) -> Iterator[Row]:
    """The rows of a .csv or .jsonl file, with the columns that the version takes; raises Misused."""
    kinds = {"csv": _csv, "jsonl": _jsonl}
    kind = path.name.removesuffix(".gz").rpartition(".")[2].lower()
    if kind not in kinds:
        raise Misused(f"{path} is of a kind that is not read here", "name a .csv or .jsonl file, also .gz")
    with files.lines(path) as lines:
        yield from kinds[kind](lines, types)


def _csv(lines: Iterable[str], types: Types) -> Iterator[Row]:
    reader = csv.DictReader(lines)
    for row in reader:
        taken = {column: row[column] or "" for column in types if column in row}
        yield {column: _value(column, text, types[column], reader.line_num) for column, text in taken.items()}


def _jsonl(lines: Iterable[str], types: Types) -> Iterator[Row]:
    for number, line in enumerate(lines, 1):
        try:
            row = json.loads(line)
            yield {column: row[column] for column in types if column in row}
        except (ValueError, TypeError):
            raise Misused(f"line {number} is no JSON object", "write one object a line") from None
