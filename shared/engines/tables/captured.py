"""Captured rows as a data version takes them in: what callers sent, with what became of it."""

import json
from collections.abc import Iterable
from pathlib import Path

from shared.domain.capture import Known
from shared.domain.spec import Spec
from shared.engines.tables.header import said
from shared.engines.tables.sql import ID

_NUL = "\\u0000"
"""As JSON writes it; no file that is uploaded may hold it either."""


def write_captured(rows: Iterable[Known], spec: Spec, into: Path) -> Path:
    """JSON lines with every column that the spec says: what was not sent, or is private, is null.

    A row with a NUL is left out.
    """
    private = {name for name, column in spec.data.columns.items() if column.private}
    columns = tuple(name for name in said(spec) if name not in private)
    with into.open("w", encoding="utf-8") as file:
        for each in rows:
            cells = {**each.row.cells, spec.data.target.column: each.actual}
            line = json.dumps({ID: each.row.id, **{name: cells.get(name) for name in columns}})
            if _NUL not in line:
                file.write(f"{line}\n")
    return into


def lenient(spec: Spec) -> Spec:
    """The spec as callers are held to it: what is no feature, key or time may be left out."""
    data = spec.data
    needed = {*data.learned, *data.key, *([data.time.column] if data.time else ())}
    columns = {
        name: column if name in needed else column.model_copy(update={"missing": "keep"})
        for name, column in data.columns.items()
    }
    return spec.model_copy(update={"data": data.model_copy(update={"columns": columns})})
