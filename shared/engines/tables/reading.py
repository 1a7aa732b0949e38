"""An upload becomes the table `upload` (text, or Parquet's own types) and the lines that are no rows become rejects."""

from collections.abc import Callable, Mapping
from pathlib import Path

import duckdb

from shared.domain.errors import DataRejected, Problem
from shared.domain.spec import Spec
from shared.engines.tables.header import hold_header, said
from shared.engines.tables.kinds import Kind, kind_of, opened_text, wrong_type
from shared.engines.tables.lines import Lines, csv_header, csv_rows, json_rows
from shared.engines.tables.sheet import new_sheet, refused_of, rows_of
from shared.engines.tables.sql import LINE, Tables, literal, quoted, refuse_without_room

_REJECTS = f"CREATE TABLE rejects ({LINE} BIGINT, place INTEGER, col VARCHAR, got VARCHAR, expected VARCHAR)"


def read(tables: Tables, upload: Path, spec: Spec, folder: Path) -> None:
    """Make the tables `upload` and `rejects`, through files in the folder; raises DataRejected for no table."""
    kind = kind_of(upload)
    tables.execute(_REJECTS)
    _READERS[kind](tables, upload, spec, folder)
    rows = tables.execute("SELECT count(*) FROM upload").fetchall()[0][0]
    if not rows and not tables.execute("SELECT count(*) FROM rejects").fetchall()[0][0]:
        detail = "the file has a header and no rows"
        raise DataRejected(
            "header_only", detail, Problem("", detail, "0 rows", "at least one row", "upload it again, whole")
        )


def read_nothing(tables: Tables, spec: Spec) -> None:
    """Make the same tables without a row: a data version of what there is already."""
    tables.execute(_REJECTS)
    typed = ", ".join(f"{quoted(name)} VARCHAR" for name in said(spec))
    tables.execute(f"CREATE TABLE upload ({LINE} BIGINT, {typed})")


def _read_csv(tables: Tables, upload: Path, spec: Spec, folder: Path) -> None:
    with opened_text(upload, kind_of(upload)) as text:
        lines = Lines(text)
        header = csv_header(lines)
        hold_header(spec, header)
        with new_sheet(folder, len(header)) as sheet:
            csv_rows(lines, sheet)
    _load(tables, folder, tuple(header))


def _read_jsonl(tables: Tables, upload: Path, spec: Spec, folder: Path) -> None:
    columns = said(spec)
    with opened_text(upload, Kind.JSONL) as text, new_sheet(folder, len(columns)) as sheet:
        seen = json_rows(Lines(text), sheet, columns)
    if sheet.good:
        hold_header(spec, seen)
    _load(tables, folder, columns)


def _read_parquet(tables: Tables, upload: Path, spec: Spec, _folder: Path) -> None:
    try:
        hold_header(spec, tuple(column_types(tables, f"read_parquet({literal(str(upload))})")))
        tables.execute(
            f"CREATE TABLE upload AS SELECT file_row_number + 1 AS {LINE}, * EXCLUDE file_row_number"
            f" FROM read_parquet({literal(str(upload))}, file_row_number = true)"
        )
    except duckdb.Error as error:
        refuse_without_room(error)
        raise wrong_type(
            "the Parquet file is damaged", got=str(error).partition("\n")[0], expected="a whole Parquet file"
        ) from error


_READERS: Mapping[Kind, Callable[[Tables, Path, Spec, Path], None]] = {
    Kind.CSV: _read_csv,
    Kind.CSV_GZ: _read_csv,
    Kind.JSONL: _read_jsonl,
    Kind.PARQUET: _read_parquet,
}


def column_types(tables: Tables, relation: str) -> dict[str, str]:
    """The columns of a table or file and their types in DuckDB."""
    return {row[0]: row[1] for row in tables.execute(f"DESCRIBE FROM {relation}").fetchall()}


def _load(tables: Tables, folder: Path, columns: tuple[str, ...]) -> None:
    """Load a sheet. Empty fields are NULL; its quoting is Python's own, whatever the upload's was."""
    dialect = (
        "auto_detect = false, header = false, delim = ',', quote = '\"', escape = '\"', new_line = '\\n', nullstr = ''"
    )
    for create, file, fields in (
        ("CREATE TABLE upload AS FROM", rows_of(folder), columns),
        (f"INSERT INTO rejects SELECT {LINE}, -1, '', got, expected FROM", refused_of(folder), ("got", "expected")),
    ):
        typed = ", ".join(f"{quoted(name)}: 'VARCHAR'" for name in fields)
        tables.execute(f"{create} read_csv({literal(str(file))}, {dialect}, columns = {{{LINE}: 'BIGINT', {typed}}})")
        file.unlink()
