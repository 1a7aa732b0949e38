"""SQL of a row's outcome and of its side of the split; the rules are those of the domain."""

from datetime import datetime

from shared.domain import split
from shared.domain.spec import Spec, Task
from shared.domain.spec.data import ColumnType
from shared.domain.split import Side
from shared.engines.tables.checking import TRUTHS
from shared.engines.tables.prepared import Source
from shared.engines.tables.sql import Tables, instant, literal, quoted


def outcome(spec: Spec, classes: str) -> str:
    """SQL of the outcome as a number: 0 or 1, a class's code in the enum `classes`, or the value; NULL without one."""
    name, above = quoted(spec.data.target.column), spec.data.target.above
    if spec.task is Task.BINARY and above is not None:
        return f"({name} > {above!r}::DOUBLE)::DOUBLE"
    if spec.task is Task.BINARY:
        return f"(lower({name}) IN ({', '.join(literal(word) for word, truth in TRUTHS.items() if truth)}))::DOUBLE"
    return f"enum_code({name}::{classes})::DOUBLE" if spec.task is Task.MULTICLASS else name


def cut_of(tables: Tables, spec: Spec, source: Source) -> datetime | None:
    """The instant of the cut, None where rows are split by key; `rows` must hold a row with an outcome."""
    if spec.data.time is None:
        return None
    time, labelled = quoted(spec.data.time.column), f"FROM rows WHERE {quoted(spec.data.target.column)} IS NOT NULL"
    rows: int = tables.execute(f"SELECT count(*) {labelled}").fetchall()[0][0]
    skip = split.first_of_newest(rows, spec.evaluate.test.newest)
    newest = f"SELECT epoch_us({time}) {labelled} ORDER BY {time} LIMIT 1 OFFSET {skip}"
    return split.cut(instant(tables.execute(newest).fetchall()[0][0]), source.cut, source.learned_until)


def side(spec: Spec, cut: datetime | None) -> str:
    """SQL of the side: by time where there is a cut, else by hash of the key (without one: of what a caller sends)."""
    if cut and spec.data.time:
        held = f"{quoted(spec.data.time.column)} >= {literal(cut.isoformat())}::TIMESTAMPTZ"
    else:
        drawn = f"('0x' || left(sha256({key_text(spec)}), 8))::BIGINT"
        held = f"{drawn} < {split.held_below(spec.evaluate.test.newest)}"
    known = f"{quoted(spec.data.target.column)} IS NOT NULL"
    return f"(CASE WHEN NOT ({known}) THEN {Side.SKIPPED} WHEN {held} THEN {Side.TEST} ELSE {Side.TRAIN} END)::TINYINT"


def key_text(spec: Spec) -> str:
    """SQL of the text by which a row is drawn: its key's columns by unit separators, instants in microseconds."""
    return " || chr(31) || ".join(_text(spec, name) for name in spec.data.key or tuple(spec.data.columns))


def _text(spec: Spec, name: str) -> str:
    instant = spec.data.columns[name].type is ColumnType.TIMESTAMP
    return f"coalesce({f'epoch_us({quoted(name)})' if instant else quoted(name)}::VARCHAR, '')"
