"""Every row against the spec in one pass: good rows in the spec's types, and a reject for each bad cell."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from shared.domain.spec import Spec, Task
from shared.domain.spec.data import Column, ColumnType, Target
from shared.domain.spec.parts import Value
from shared.engines.tables.cells import MEANINGS, Cell, cell
from shared.engines.tables.reading import column_types
from shared.engines.tables.sql import ID, LINE, Tables, literal, quoted

TRUTHS: Mapping[str, int] = {"0": 0, "1": 1, "0.0": 0, "1.0": 1, "false": 0, "true": 1}
"""What a binary target without `above` may hold, in any case of letters."""

_LONGEST = 80


@dataclass(frozen=True, slots=True)
class Rule:
    """A column: SQL of its value in row `r` of the file, and of what was expected where the value in `g` is bad."""

    column: str
    value: str
    fault: str
    shown: str


def check(tables: Tables, raw: str, good: str, bad: str, spec: Spec) -> None:
    """From table `raw` make table `good` (in the spec's types, with lines) and add the bad cells to the table `bad`."""
    found = column_types(tables, raw)
    rules = _rules(spec, found)
    values = ", ".join(f"{rule.value} AS {quoted(rule.column)}" for rule in rules)
    prediction = f"r.{quoted(ID)}" if ID in found else "NULL::VARCHAR"
    tables.execute(f"CREATE TABLE {good} AS SELECT {LINE}, {prediction} AS {quoted(ID)}, {values} FROM {raw} r")
    held = [(place, rule) for place, rule in enumerate(rules) if rule.fault]
    cells = ", ".join(
        f"{{place: {place}, col: {literal(rule.column)}, got: {rule.shown}, expected: {rule.fault}}}"
        for place, rule in held
    )
    tables.execute(
        f"INSERT INTO {bad}"
        f" SELECT {LINE}, cell.place, cell.col, coalesce(cell.got, '')[:{_LONGEST}], cell.expected FROM"
        f" (SELECT {LINE}, unnest([{cells}]) AS cell FROM {raw} r JOIN {good} g USING ({LINE})"
        f" WHERE {' OR '.join(f'({rule.fault}) IS NOT NULL' for _, rule in held)}) WHERE cell.expected IS NOT NULL"
    )
    tables.execute(f"DELETE FROM {good} WHERE {LINE} IN (SELECT {LINE} FROM {bad})")


def target_type(spec: Spec) -> ColumnType:
    """The target's type: a number where it is one or is cut at one, else a class."""
    numeric = spec.task is Task.REGRESSION or spec.data.target.above is not None
    return ColumnType.NUMBER if numeric else ColumnType.CATEGORY


def _rules(spec: Spec, found: Mapping[str, str]) -> tuple[Rule, ...]:
    """The rules of a file whose columns have these types in DuckDB."""
    data = spec.data
    named = {*data.key, *([data.time.column] if data.time else ())}
    given = (_given(cell(name, column.type, found.get(name)), column, named) for name, column in data.columns.items())
    kept = (cell(name, ColumnType.TEXT, found.get(name)) for name in (*data.after, *data.ignore))
    outcome = cell(data.target.column, target_type(spec), found.get(data.target.column))
    return (*given, _outcome(outcome, data.target, spec), *(Rule(one.column, one.value, "", one.text) for one in kept))


def _given(cell: Cell, column: Column, named: set[str]) -> Rule:
    """What a caller sends: the policies that are `reject` are held here, all others in the artifact."""
    value = f"g.{quoted(cell.column)}"
    cases = [_no_value(cell)]
    if column.missing == "reject" or cell.column in named:
        cases.append(f"WHEN {value} IS NULL THEN 'a value'")
    if column.outside == "reject":
        cases += _outside(value, column)
    if column.values and column.unseen == "reject":
        listed = ", ".join(map(literal, column.values))
        cases.append(f"WHEN {value} NOT IN ({listed}) THEN {literal(_one_of(column.values))}")
    return Rule(cell.column, cell.value, _first(cases), "'(private)'" if column.private else cell.text)


def _outcome(cell: Cell, target: Target, spec: Spec) -> Rule:
    outcome, value = f"g.{quoted(cell.column)}", cell.value
    cases = [_no_value(cell)]
    if target.missing == "reject":
        cases.append(f"WHEN {outcome} IS NULL THEN 'an outcome'")
    if isinstance(target.missing, Value):
        filled = f"{literal(str(target.missing.value))}::{MEANINGS[target_type(spec)].stored}"
        value = f"CASE WHEN {cell.text} IS NULL THEN {filled} ELSE {value} END"
    if spec.task is Task.BINARY and target.above is None:
        truths = ", ".join(map(literal, TRUTHS))
        cases.append(f"WHEN lower({outcome}) NOT IN ({truths}) THEN '0 or 1, or false or true'")
    return Rule(cell.column, value, _first(cases), cell.text)


def _no_value(cell: Cell) -> str:
    return f"WHEN {cell.text} IS NOT NULL AND g.{quoted(cell.column)} IS NULL THEN {cell.expected}"


def _outside(value: str, column: Column) -> list[str]:
    limits = ((column.min, "<", "at least"), (column.max, ">", "at most"))
    return [
        f"WHEN {value} {beyond} {limit!r}::DOUBLE THEN '{word} {limit:g}'"
        for limit, beyond, word in limits
        if limit is not None
    ]


def _first(cases: Iterable[str]) -> str:
    return f"CASE {' '.join(cases)} END"


def _one_of(values: tuple[str, ...]) -> str:
    *others, last = values
    listed = f"{', '.join(others)} or {last}" if others else last
    return listed if len(listed) <= _LONGEST else f"{listed[: _LONGEST - 3]}..."
