"""What kind of file an upload is: its name says it, its first bytes must agree."""

import gzip
import io
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path
from typing import TextIO

from shared.domain.errors import DataRejected, Problem


class Kind(StrEnum):
    """The kinds that are read, by the end of the file's name."""

    CSV_GZ = ".csv.gz"
    CSV = ".csv"
    PARQUET = ".parquet"
    JSONL = ".jsonl"


_SIGNATURES = {
    b"PAR1": "Parquet",
    b"\x1f\x8b": "a gzip archive",
    b"\x89PNG": "a PNG picture",
    b"\xff\xd8\xff": "a JPEG picture",
    b"GIF8": "a GIF picture",
    b"%PDF": "a PDF document",
    b"PK\x03\x04": "a zip archive or a spreadsheet",
    b"\xd0\xcf\x11\xe0": "an old spreadsheet",
    b"BZh": "a bzip2 archive",
    b"\xfd7zXZ": "an xz archive",
    b"\x28\xb5\x2f\xfd": "a zstd archive",
    b"SQLite format 3": "a SQLite database",
    b"\xff\xfe": "UTF-16 text",
    b"\xfe\xff": "UTF-16 text",
}
_EXPECTED = {Kind.PARQUET: "Parquet", Kind.CSV_GZ: "a gzip archive"}
_TEXT = "text"
_HEAD = 4096


def kind_of(upload: Path) -> Kind:
    """The kind of the file; raises DataRejected (wrong_type, empty_file) before anything is parsed."""
    for kind in Kind:
        if upload.name.lower().endswith(kind):
            break
    else:
        raise wrong_type("the file's name does not say its kind", got=upload.name[-40:], expected=", ".join(Kind))
    with upload.open("rb") as file:
        _hold(kind, _EXPECTED.get(kind, _TEXT), file.read(_HEAD))
    return kind


@contextmanager
def opened_text(upload: Path, kind: Kind) -> Iterator[TextIO]:
    """The text of a file, unpacked; bytes that are not UTF-8 come as lone surrogates, line ends as they are."""
    with gzip.open(upload) if kind is Kind.CSV_GZ else upload.open("rb") as file:
        try:
            _hold(kind, _TEXT, file.read(_HEAD))
            file.seek(0)
            yield io.TextIOWrapper(file, encoding="utf-8-sig", errors="surrogateescape", newline="\n")
        except (EOFError, gzip.BadGzipFile, zlib.error) as error:
            raise wrong_type(
                "the archive is damaged or ends early", got=str(error), expected="a whole gzip file"
            ) from error


def wrong_type(detail: str, *, got: str, expected: str) -> DataRejected:
    """The error for a file that cannot be read as what its name says."""
    fix = "upload a file whose name and content are one of " + ", ".join(Kind)
    return DataRejected("wrong_type", f"{detail}: got {got}", Problem("", detail, got[:99], expected, fix))


def _hold(kind: Kind, expected: str, head: bytes) -> None:
    if not head.strip():
        detail = "the file is empty"
        raise DataRejected(
            "empty_file", detail, Problem("", detail, "no data", "a header and rows", "upload it again, whole")
        )
    seen = _seen(head)
    if seen != expected:
        raise wrong_type(f"the file is named {kind} and is something else", got=seen, expected=expected)


def _seen(head: bytes) -> str:
    """What the first bytes are."""
    for signature, name in _SIGNATURES.items():
        if head.startswith(signature):
            return name
    return "bytes that are no text" if b"\0" in head else _TEXT
