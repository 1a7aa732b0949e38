"""A cell in SQL: the text that stood there and its value in the spec's type.

NULL text is a missing cell; a NULL value beside a text is a fault.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from shared.domain.spec.data import ColumnType
from shared.engines.tables.sql import Tables, quoted

_NUMBER = r"[+-]?([0-9]+([.][0-9]*)?|[.][0-9]+)([eE][+-]?[0-9]+)?"
_OFFSET = r"(Z|[+-]([01][0-9]|2[0-3]):[0-5][0-9])"
_CLOCK = r"([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9]([.][0-9]{1,9})?"
_LOCAL = rf"[0-9]{{4}}-[0-9]{{2}}-[0-9]{{2}}[T ]{_CLOCK}"

# Integers end where float64 stops to tell them apart (arrays hold them so), numbers where float32 ends (artifacts do).
_MACROS = f"""
CREATE MACRO finite(x) AS CASE WHEN abs(x) <= 3.4028234e38::DOUBLE THEN x END;
CREATE MACRO number_of(t) AS finite(CASE WHEN regexp_full_match(t, '{_NUMBER}') THEN TRY_CAST(t AS DOUBLE) END);
CREATE MACRO whole(x) AS CASE WHEN x = trunc(x) AND abs(x) < 9007199254740992 THEN TRY_CAST(x AS BIGINT) END;
CREATE MACRO dated(x) AS CASE WHEN x BETWEEN '0001-01-01 00:00:00+00' AND '9999-12-31 23:59:59.999999+00' THEN x END;
CREATE MACRO instant_of(t) AS
  dated(CASE WHEN regexp_full_match(t, '{_LOCAL}{_OFFSET}') THEN TRY_CAST(t AS TIMESTAMPTZ) END);
CREATE MACRO why_no_instant(t) AS CASE
  WHEN regexp_full_match(t, '{_LOCAL}') THEN 'its offset too, as in 2013-01-01T10:00:00-05:00 or 2013-01-01T15:00:00Z'
  WHEN regexp_full_match(t, '{_NUMBER}') THEN 'a timestamp, no epoch number: 2013-01-01T15:00:00Z'
  ELSE 'a timestamp with offset, as in 2013-01-01T10:00:00-05:00' END;
"""
_INTEGERS = frozenset({"TINYINT", "SMALLINT", "INTEGER", "BIGINT", "UTINYINT", "USMALLINT", "UINTEGER", "UBIGINT"})
_FLOATS = frozenset({"FLOAT", "DOUBLE"})


@dataclass(frozen=True, slots=True)
class Meaning:
    """How a type of the spec is stored, what text of it means, and which SQL says what was expected instead."""

    stored: str
    of_text: str
    expected: str
    of_same: str = "{}"
    same: frozenset[str] = frozenset()


MEANINGS: Mapping[ColumnType, Meaning] = {
    ColumnType.INTEGER: Meaning(
        "BIGINT",
        "whole(number_of({}))",
        "'an integer such as 7, within ±9,007,199,254,740,991'",
        "whole({}::DOUBLE)",
        _INTEGERS | _FLOATS,
    ),
    ColumnType.NUMBER: Meaning(
        "DOUBLE", "number_of({})", "'a number such as 12.5, within ±3.4e38'", "finite({}::DOUBLE)", _INTEGERS | _FLOATS
    ),
    ColumnType.TIMESTAMP: Meaning(
        "TIMESTAMPTZ", "instant_of({})", "why_no_instant({})", "dated({})", frozenset({"TIMESTAMP WITH TIME ZONE"})
    ),
    ColumnType.CATEGORY: Meaning("VARCHAR", "{}", "'text'"),
    ColumnType.TEXT: Meaning("VARCHAR", "{}", "'text'"),
}


@dataclass(frozen=True, slots=True)
class Cell:
    """One column's cell in a row `r` of a file: SQL of its text, of its value, and of what was expected without one."""

    column: str
    text: str
    value: str
    expected: str


def define(tables: Tables) -> None:
    """Teach the connection what text means."""
    tables.execute(_MACROS)


def cell(column: str, kind: ColumnType, found: str | None) -> Cell:
    """The cell of a column which the file has in this type of DuckDB; None is a column that the file has not."""
    meaning = MEANINGS[kind]
    if found is None:
        return Cell(column, "NULL::VARCHAR", f"NULL::{meaning.stored}", meaning.expected.format("NULL"))
    name = f"r.{quoted(column)}"
    present = f"CASE WHEN NOT isnan({name}) THEN {name} END" if found in _FLOATS else name
    text = f"nullif({present}::VARCHAR, '')"
    value = meaning.of_same.format(present) if found in meaning.same else meaning.of_text.format(text)
    return Cell(column, text, value, meaning.expected.format(text))
