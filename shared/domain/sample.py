"""Sample: the header of a data file and its first rows, as text; what a draft of a spec is guessed from."""

import csv
import json
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import islice

from shared.domain.errors import Problem, RequestRefused

MOST_ROWS = 5000


@dataclass(frozen=True, slots=True)
class Sample:
    """Columns by name, each with its first cells; an empty text is a missing value."""

    columns: dict[str, tuple[str, ...]]
    rows: int


def sample(file: str, lines: Iterable[str]) -> Sample:
    """The sample of a file by its name (csv or jsonl, also .gz, already unpacked); raises RequestRefused."""
    kind = file.removesuffix(".gz").rpartition(".")[2].lower()
    if kind == "csv":
        return _of_csv(file, lines)
    if kind == "jsonl":
        return _of_jsonl(file, lines)
    raise _refused(file, "a file that cannot be looked into", kind, "csv or jsonl, also .gz", "export it as csv")


def _of_csv(file: str, lines: Iterable[str]) -> Sample:
    reader = csv.reader(lines)
    header = [name.removeprefix("\ufeff") for name in next(reader, [])]
    if not header:
        raise _refused(file, "an empty file", "nothing", "a header and rows", "choose another file")
    if len(set(header)) < len(header):
        twice = next(name for name in header if header.count(name) > 1)
        raise _refused(
            file, "a column that stands in the file twice", twice, "each name once", "rename one in the file"
        )
    rows = [row for row in islice(reader, MOST_ROWS) if len(row) == len(header)]
    return Sample({name: tuple(row[place] for row in rows) for place, name in enumerate(header)}, len(rows))


def _of_jsonl(file: str, lines: Iterable[str]) -> Sample:
    rows: list[dict[str, str]] = []
    for number, line in enumerate(islice(lines, MOST_ROWS), 1):
        try:
            row = json.loads(line)
        except json.JSONDecodeError as error:
            raise _refused(
                file, "a line that is no JSON", str(error), "one object a line", "mend the line", number
            ) from None
        if not isinstance(row, dict):
            raise _refused(file, "a line that is no object", line.strip(), "one object a line", "mend the line", number)
        rows.append({name: _text(value) for name, value in row.items()})
    names = dict.fromkeys(name for row in rows for name in row)
    if not names:
        raise _refused(file, "an empty file", "nothing", "one object a line", "choose another file")
    return Sample({name: tuple(row.get(name, "") for row in rows) for name in names}, len(rows))


def _text(value: object) -> str:
    return "" if value is None else value if isinstance(value, str) else json.dumps(value)


def _refused(file: str, detail: str, got: str, expected: str, fix: str, line: int = 0) -> RequestRefused:
    return RequestRefused(f"{file}: {detail}", Problem("", detail, got[:99], expected, fix, line))
