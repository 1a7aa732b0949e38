"""Draft: a first spec for a data file, guessed from a sample; a person corrects it and chooses the target."""

import json
import re
from collections.abc import Iterator, Mapping, Sequence

from shared.domain.errors import Problem, RequestRefused
from shared.domain.guess import FEW, Guess, guess
from shared.domain.sample import Sample
from shared.domain.spec import Task
from shared.domain.spec.data import NUMERIC, ColumnType, Operator
from shared.domain.spec.problems import clipped, meant

_COLUMN = re.compile("[A-Za-z_][A-Za-z0-9_]{0,62}")
_YES_NO = ({"0", "1"}, {"true", "false"})
_FILLED: Mapping[ColumnType, str] = {
    ColumnType.INTEGER: "median",
    ColumnType.NUMBER: "median",
    ColumnType.CATEGORY: "keep",
    ColumnType.TIMESTAMP: "keep",
    ColumnType.TEXT: "keep",
}


def draft(sample: Sample, model: str, owner: str, target: str = "") -> str:
    """The text of a spec with comments; without a target it is one that waits for the choice of it.

    Raises RequestRefused for a target that is no column, and for columns whose names a spec cannot say.
    """
    _hold_names(sample.columns)
    if target and target not in sample.columns:
        fix = meant(target, sample.columns)
        raise RequestRefused("no such target", Problem("/target", "not a column of the file", clipped(target), fix=fix))
    guesses = [guess(name, cells) for name, cells in sample.columns.items() if name != target]
    return "\n".join([*_head(model, _task(sample, target)), *_data(sample, guesses, target), *_tail(owner)]) + "\n"


def model_named(file: str) -> str:
    """A model's name from a file's: lower case, dashes, at most 40 characters."""
    stem = re.sub("[^a-z0-9]+", "-", file.partition(".")[0].lower()).strip("-")
    return re.sub("^(?=[^a-z])", "model-", stem or "model")[:40].rstrip("-")


def _hold_names(names: Mapping[str, object]) -> None:
    unfit = [name for name in names if not _COLUMN.fullmatch(name)]
    if unfit:
        expected = "a letter or _, then up to 62 letters, digits or _"
        problems = (
            Problem("", "no name of a column", clipped(name), expected, clipped(f"rename it in the file: {_fit(name)}"))
            for name in unfit
        )
        raise RequestRefused("the file has columns whose names a spec cannot say", *problems)


def _fit(name: str) -> str:
    return re.sub("^(?=[^A-Za-z_])", "c_", re.sub("[^A-Za-z0-9_]+", "_", name).strip("_").lower() or "column")[:63]


def _task(sample: Sample, target: str) -> Task | None:
    """The task that an outcome of this kind asks for."""
    if not target:
        return None
    cells = {cell.lower() for cell in sample.columns[target] if cell}
    if cells in _YES_NO:
        return Task.BINARY
    seen = guess(target, sample.columns[target])
    many = seen.type is ColumnType.NUMBER or (seen.type is ColumnType.INTEGER and seen.different > FEW)
    return Task.REGRESSION if many else Task.MULTICLASS


def _head(model: str, task: Task | None) -> Iterator[str]:
    yield "# A draft, guessed from the first rows. Read every line: only you know what the columns mean."
    yield from ("spec: 1", f"model: {model}", 'about: ""  # the question that the model answers')
    others = " or ".join(other for other in Task if other is not task)
    yield f"task: {task}  # or {others}" if task else f"task:  # choose: {', '.join(Task)}"
    yield "data:"


_CORRECTS = "the same key again is a correction of that row"
_TWICE = "say which columns name a row: without them, a row that comes again is learned from twice"


def _data(sample: Sample, guesses: Sequence[Guess], target: str) -> Iterator[str]:
    taken = [column for column in guesses if not column.why_not]
    key = next((column.name for column in taken if column.row_names), "")
    yield f"  key: [{key}]  # {_CORRECTS if key else _TWICE}"
    moment = next((column.name for column in taken if _is_moment(column)), "")
    if moment:
        yield f"  time: {{column: {moment}, zone: UTC}}  # when a row happened; the zone decides what an hour is"
    if target:
        gaps = ", missing: skip" if "" in sample.columns[target] else ""
        yield f"  target: {{column: {target}{gaps}}}"
    else:
        yield "  target:  # choose the column to predict, and take it out of the columns below"
    yield "  columns:  # what a caller sends; whatever is only known later belongs under after"
    yield from (_column(column) for column in taken)
    yield "  after: []  # known too late to learn from, such as anything that is written after the outcome"
    yield from _ignored([column for column in guesses if column.why_not])
    derived = {f"{moment}_{operator}": operator for operator in Operator} if moment else {}
    fresh = {name: operator for name, operator in derived.items() if name not in sample.columns and len(name) < 64}
    yield from ["  derive:"] if fresh else []
    yield from (f"    {name}: {{{operator}: {moment}}}" for name, operator in fresh.items())


def _is_moment(column: Guess) -> bool:
    return column.type is ColumnType.TIMESTAMP and not column.gaps


def _column(column: Guess) -> str:
    settings = [f"type: {column.type}"]
    if column.row_names and column.type in NUMERIC:
        settings.append("feature: false")
    if column.gaps:
        settings.append(f"missing: {_FILLED[column.type]}")
    if column.type is ColumnType.CATEGORY:
        settings.append("unseen: keep")
    short = len(settings) == 1
    return f"    {column.name}: {column.type if short else '{' + ', '.join(settings) + '}'}{_seen(column)}"


def _seen(column: Guess) -> str:
    return f"  # {column.different} different values" if column.type is ColumnType.CATEGORY else ""


def _ignored(columns: Sequence[Guess]) -> Iterator[str]:
    if not columns:
        yield "  ignore: []"
        return
    yield "  ignore:"
    yield from (f"    - {column.name}  # {_comment(column.why_not)}" for column in columns)


def _comment(text: str) -> str:
    """Text that is safe in a comment: on one line, printable."""
    return text if text.isprintable() else json.dumps(text)


def _tail(owner: str) -> Iterator[str]:
    yield f"notify: {{owners: [{json.dumps(owner)}]}}  # told when a file is refused or a version is promoted"
