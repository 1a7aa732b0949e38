"""Lines of plain text, 72 columns at most: what every letter is set in."""

import textwrap
from collections.abc import Sequence

from shared.domain import figures
from shared.domain.dataset import Reject
from shared.domain.finding import Figure

COLUMNS = 72
_CELL = 20
_NAME = 24
_INTERVAL = 26


def one_line(text: str) -> str:
    """Whatever a file name or a cell holds, it starts no line of its own."""
    return " ".join("".join(letter if letter.isprintable() else " " for letter in text).split())


def wrapped(text: str, indent: str = "") -> str:
    """A paragraph; nothing is broken inside a word unless the word is longer than a line."""
    return textwrap.fill(
        one_line(text), COLUMNS, initial_indent=indent, subsequent_indent=" " * len(indent), break_on_hyphens=False
    )


def rejected(rejects: Sequence[Reject]) -> str:
    """Line, column, got and expected under one another; long cells are cut, the last one takes what room is left."""
    rows = [("line", "column", "got", "expected")]
    rows += [(str(each.line), each.column, each.got, each.expected) for each in rejects]
    return _table([[*(cut(cell, _CELL) for cell in row[:3]), row[3]] for row in rows])


def measured(found: Sequence[Figure]) -> str:
    """What was measured, with its 95 % interval, beside what is usual and the threshold; * = beyond the threshold."""
    rows = [["  figure", "now", "usual", "threshold"]]
    for each in found:
        mark = "* " if each.score >= 1 else "  "
        now = figures.quoted(each.statistic, each.value, each.low, each.high)
        usual, threshold = (figures.figure(each.statistic, one) for one in (each.usual, each.threshold))
        rows.append([mark + cut(named(each), _NAME), cut(now, _INTERVAL), usual, threshold])
    return _table(rows)


def named(figure: Figure) -> str:
    """What was measured, in the words of a reader: dest psi."""
    return " ".join(dict.fromkeys((figure.subject, figure.statistic)))


def cut(cell: str, width: int) -> str:
    """A cell of at most so many letters."""
    text = one_line(cell) or "(empty)"
    return text if len(text) <= width else text[: width - 1] + "…"


def _table(cells: Sequence[Sequence[str]]) -> str:
    """Cells under one another; a first cell's own indent stays, the last one is cut where the line ends."""
    widths = [max(map(len, column)) for column in zip(*cells, strict=True)][:-1]
    room = COLUMNS - sum(widths) - 2 * len(widths)
    lines = ("  ".join((*map(str.ljust, row, widths), cut(row[-1], room))) for row in cells)
    return "\n".join(line.rstrip() for line in lines)
