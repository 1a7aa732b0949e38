"""Screen: what a command said, for whoever asked. No colour and no spinner in a pipe; next steps go to stderr."""

import json
import sys
from itertools import zip_longest
from typing import TYPE_CHECKING, TextIO

from treadle.errors import Failure
from treadle.said import Change, Said, Saying, Table
from treadle.words import Mode

if TYPE_CHECKING:
    from rich.console import Console
    from rich.status import Status

STYLES = {
    **dict.fromkeys(("succeeded", "champion", "accepted", "held", "ok"), "green"),
    **dict.fromkeys(("rejected", "failed", "refused", "broken"), "red"),
    **dict.fromkeys(("queued", "running", "waiting", "challenger", "draining", "unsure", "not asked"), "yellow"),
}
"""Words that stand alone in a cell, each in the colour of what it means."""

ELSEWHERE = {1: "treadle models list", 2: "treadle --help", 3: "treadle doctor", 4: "treadle models list"}
"""Exit status → the command to try where nothing better is known."""

WIDE = 10_000
"""Columns of a pipe: nothing is cut or wrapped there."""

NARROWEST = 24
"""Columns of a terminal that the last column of a table has at least."""


def show(saying: Saying, mode: Mode) -> int:
    """Write what a command says as it comes; the exit status of the last answer."""
    if isinstance(saying, Said):
        return SHOWS[mode](saying)
    status, spinner = 0, _spinner(mode)
    try:
        for each in saying:
            spinner.stop()  # nothing else may be written while it turns
            status = SHOWS[mode](each)
            spinner.start()
    finally:
        spinner.stop()
    return status


def show_failure(failure: Failure, mode: Mode) -> int:
    """Write what went wrong; the exit status."""
    if mode is Mode.JSON:
        _write(json.dumps({"error": _error(failure)}, ensure_ascii=False))
    _tell(f"treadle: {failure.detail}", "bold red")
    for cell in failure.cells:
        _tell(f"  {cell.sentence}")
    _tell(f"next: {_after(failure)}", "dim")
    return failure.status


def _after(failure: Failure) -> str:
    """What to try next: the failure's own advice, else a command that a cell advises, else where help is."""
    advised = (cell.fix for cell in failure.cells if cell.fix.startswith("treadle "))
    return failure.fix or next(advised, "") or ELSEWHERE[failure.status]


def _people(said: Said | Change) -> int:
    if isinstance(said, Change):
        _tell(said.text)
        return 0
    for part in said.text:
        _write(_table(part) if isinstance(part, Table) else clean(part))
    return _end(said)


def _programs(said: Said | Change) -> int:
    _write(json.dumps(said.document, ensure_ascii=False))
    return _end(said) if isinstance(said, Said) else 0


def _scripts(said: Said | Change) -> int:
    if isinstance(said, Change):
        return 0
    for ident in said.ids:
        _write(clean(ident))
    return said.status


SHOWS = {Mode.PEOPLE: _people, Mode.JSON: _programs, Mode.IDS: _scripts}


def _end(said: Said) -> int:
    if said.next:
        _tell(f"next: {said.next}", "dim")
    return said.status


def _error(failure: Failure) -> dict[str, object]:
    """What went wrong as programs read it: the problem's own names."""
    names = {"detail": failure.detail, "slug": failure.slug, "fix": failure.fix}
    cells = [cell.document for cell in failure.cells]
    return {"status": failure.status, **{name: value for name, value in names.items() if value}, "errors": cells}


def clean(text: str) -> str:
    """The text without control characters: what was uploaded must not steer a terminal."""
    return "".join(letter if letter.isprintable() or letter == "\n" else "�" for letter in text)


def _write(text: str) -> None:
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


def _tell(text: str, style: str = "") -> None:
    """A message for people, beside the answer."""
    said = clean(text)
    if style and sys.stderr.isatty():
        said = _rendered(said, sys.stderr, style)
    sys.stderr.write(f"{said}\n")
    sys.stderr.flush()


def _console(file: TextIO) -> "Console":
    from rich.console import Console  # noqa: PLC0415  # rich takes a tenth of a second, and only people see it

    return Console(file=file, highlight=False, width=None if file.isatty() else WIDE)


def _rendered(said: str, file: TextIO, style: str) -> str:
    from rich.text import Text  # noqa: PLC0415

    console = _console(file)
    with console.capture() as captured:
        console.print(Text(said, style=style), soft_wrap=True, end="")
    return captured.get()


def _table(table: Table) -> str:
    """The table: nothing that people copy is cut or broken, the last column folds as the terminal is wide."""
    from rich.table import Table as Grid  # noqa: PLC0415
    from rich.text import Text  # noqa: PLC0415

    rows = [[clean(cell) for cell in row] for row in table.rows]
    wide = max(map(len, (table.header, *rows)))
    grid = Grid(box=None, show_header=bool(table.header), pad_edge=False)
    for place, name in enumerate(table.header or [""] * wide):
        grid.add_column(name, no_wrap=place < wide - 1, overflow="fold")
    for row in rows:
        grid.add_row(*(Text(cell, style=STYLES.get(cell, "")) for cell in row))
    console = _console(sys.stdout)
    console.width = max(console.width, _stiff([list(table.header), *rows]) + NARROWEST)
    with console.capture() as captured:
        console.print(grid)
    return "\n".join(line.rstrip() for line in captured.get().rstrip("\n").splitlines())


def _stiff(rows: list[list[str]]) -> int:
    """The width of all columns but the last."""
    return sum(max(map(len, column)) + 2 for column in list(zip_longest(*rows, fillvalue=""))[:-1])


class Still:
    """The spinner of a pipe."""

    def start(self) -> None:
        """Stay still."""

    def stop(self) -> None:
        """Stay still."""


def _spinner(mode: Mode) -> "Status | Still":
    """What turns on a terminal while something goes on; it stands until it is started."""
    if mode is not Mode.PEOPLE or not sys.stderr.isatty():
        return Still()
    return _console(sys.stderr).status("waiting")
