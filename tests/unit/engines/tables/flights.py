"""A small airline for these tests: good rows by number, files of them, and a spec that takes changes."""

import csv
import gzip
import json
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path

from shared.domain.spec import Spec

Row = dict[str, str]

FIRST_HOUR = datetime(2013, 1, 1, tzinfo=UTC)
CARRIERS = ("AA", "DL", "UA")
COLUMNS = ("time_hour", "flight", "carrier", "origin", "distance", "arr_delay", "air_time", "tailnum")


def spec(changes: Mapping[str, object] | None = None) -> Spec:
    """The airline's spec; changes by dotted path, such as {"data.uploads": "replace"}."""
    document: dict[str, object] = {
        "spec": 1,
        "model": "flights",
        "task": "binary",
        "data": {
            "key": ["carrier", "flight", "time_hour"],
            "time": {"column": "time_hour", "zone": "America/New_York"},
            "target": {"column": "arr_delay", "above": 15, "missing": "skip"},
            "columns": {
                "time_hour": "timestamp",
                "flight": {"type": "integer", "min": 1, "feature": False},
                "carrier": {"type": "category", "unseen": "keep"},
                "origin": {"type": "category", "values": ["EWR", "JFK", "LGA"]},
                "distance": {"type": "number", "min": 0, "missing": "median", "outside": "clip"},
            },
            "after": ["air_time"],
            "ignore": ["tailnum"],
            "derive": {"dep_hour": {"hour": "time_hour"}, "weekday": {"weekday": "time_hour"}},
            "checks": {"rows": {"min": 10}, "rejected": {"max": "1%"}},
        },
        "notify": {"owners": ["email:flights@example.com"]},
    }
    for path, value in (changes or {}).items():
        _put(document, path.split("."), value)
    return Spec.model_validate(document)


def _put(document: dict[str, object], path: list[str], value: object) -> None:
    *folders, last = path
    for folder in folders:
        inner = document.setdefault(folder, {})
        assert isinstance(inner, dict)
        document = inner
    if value is None:
        document.pop(last, None)
    else:
        document[last] = value


def hour(number: int) -> str:
    """The timestamp of row number so and so: an hour a row."""
    return (FIRST_HOUR + timedelta(hours=number)).strftime("%Y-%m-%dT%H:%M:%SZ")


def row(number: int, changes: Mapping[str, str] | None = None) -> Row:
    """A good row; every third flight is late."""
    good = (hour(number), str(number % 900 + 1), CARRIERS[number % 3], ("EWR", "JFK", "LGA")[number % 3])
    rest = (f"{100 + number % 7}.5", "30" if number % 3 == 0 else "-4", "60", f"N{number}")
    return dict(zip(COLUMNS, (*good, *rest), strict=True)) | dict(changes or {})


def rows(first: int, last: int) -> list[Row]:
    """Good rows from the first number to the one before the last."""
    return [row(number) for number in range(first, last)]


def csv_text(table: Iterable[Row], columns: Iterable[str] = COLUMNS) -> str:
    """The rows as a CSV file has them."""
    return "\n".join([",".join(columns), *(",".join(line[name] for name in columns) for line in table)]) + "\n"


def write_csv(folder: Path, table: Iterable[Row], name: str = "flights.csv") -> Path:
    """A CSV file of these rows."""
    return write(folder, csv_text(table).encode(), name)


def write(folder: Path, content: bytes, name: str = "flights.csv") -> Path:
    """A file with this content, packed where its name says so."""
    path = folder / name
    path.write_bytes(gzip.compress(content) if name.endswith(".gz") else content)
    return path


def write_jsonl(folder: Path, table: Iterable[Row]) -> Path:
    """The rows as JSON lines: numbers as numbers, missing as null."""
    numbers = ("flight", "distance", "arr_delay")
    lines = (
        {name: json.loads(cell) if name in numbers and cell else cell or None for name, cell in line.items()}
        for line in table
    )
    return write(folder, "".join(f"{json.dumps(line)}\n" for line in lines).encode(), "flights.jsonl")


def read_rejects(folder: Path) -> list[tuple[int, str, str, str]]:
    """What rejects.csv says: line, column, got, expected."""
    with (folder / "rejects.csv").open(newline="", encoding="utf-8") as file:
        return [(int(line["line"]), line["column"], line["got"], line["expected"]) for line in csv.DictReader(file)]
