"""What people are written when something happened that they should know: a subject and plain text."""

import textwrap
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from jinja2 import Template

from shared.documents.templates import template
from shared.domain.dataset import Reject

_COLUMNS = 72
_SUBJECT = 99
_CELL = 20
_REJECTS_SHOWN = 10


@dataclass(frozen=True, slots=True)
class RunRejected:
    """The platform looked and said no. `rejected` counts all bad rows, `rejects` holds the first bad cells.

    `findings` are the verdict's sentences, where one was reached; `serving` is the champion, which is untouched.
    """

    model: str
    run: str
    step: str
    code: str
    detail: str
    file: str = ""
    rejected: int = 0
    rejects: tuple[Reject, ...] = ()
    findings: tuple[str, ...] = ()
    serving: int | None = None


@dataclass(frozen=True, slots=True)
class RunFailed:
    """The platform could not say."""

    model: str
    run: str
    step: str
    code: str
    detail: str
    serving: int | None = None


@dataclass(frozen=True, slots=True)
class VersionPromoted:
    """A version has become the champion; `findings` are its verdict's sentences, `replaced` the champion before it."""

    model: str
    version: int
    by: str
    reason: str
    at: datetime
    replaced: int | None = None
    findings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class StrayUpload:
    """A file that no model waits for; `detail` says why."""

    bucket: str
    key: str
    bytes: int
    at: datetime
    detail: str


Happening = RunRejected | RunFailed | VersionPromoted | StrayUpload


@dataclass(frozen=True, slots=True)
class Letter:
    """Subject in one line of under 100 characters, body in lines of 72 characters at most."""

    subject: str
    body: str


def notice(of: Happening) -> Letter:
    """The letter that tells of it: its template's first line is the subject."""
    subject, _, body = _TEMPLATES[type(of)].render(of=of, shown=_REJECTS_SHOWN).partition("\n")
    return Letter(textwrap.shorten(subject, _SUBJECT, placeholder="…"), body.strip("\n") + "\n")


def _one_line(text: str) -> str:
    """Whatever a file name or a cell holds, it starts no line of its own."""
    return " ".join("".join(letter if letter.isprintable() else " " for letter in text).split())


def _wrapped(text: str, indent: str = "") -> str:
    """A paragraph; nothing is broken inside a word unless the word is longer than a line."""
    return textwrap.fill(
        _one_line(text), _COLUMNS, initial_indent=indent, subsequent_indent=" " * len(indent), break_on_hyphens=False
    )


def _table(rejects: Sequence[Reject]) -> str:
    """Line, column, got and expected under one another; long cells are cut, the last one takes what room is left."""
    rows = [("line", "column", "got", "expected")]
    rows += [(str(each.line), each.column, each.got, each.expected) for each in rejects]
    cells = [[*(_cut(cell, _CELL) for cell in row[:3]), row[3]] for row in rows]
    widths = [max(map(len, column)) for column in zip(*cells, strict=True)][:3]
    room = _COLUMNS - sum(widths) - 2 * len(widths)
    lines = ("  ".join((*map(str.ljust, row[:3], widths), _cut(row[3], room))) for row in cells)
    return "\n".join(line.rstrip() for line in lines)


def _cut(cell: str, width: int) -> str:
    text = _one_line(cell) or "(empty)"
    return text if len(text) <= width else text[: width - 1] + "…"


_TEMPLATES: Mapping[type[Happening], Template] = {
    happening: template(name, line=_one_line, wrapped=_wrapped, table=_table)
    for happening, name in (
        (RunRejected, "run_rejected.txt.j2"),
        (RunFailed, "run_failed.txt.j2"),
        (VersionPromoted, "version_promoted.txt.j2"),
        (StrayUpload, "stray_upload.txt.j2"),
    )
}
