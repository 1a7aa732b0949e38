"""One table of all rows: the last one of a key wins; order and fingerprint come of the content, not of the upload."""

import hashlib
from pathlib import Path

from shared.domain.spec import Spec
from shared.engines.tables.captured import lenient
from shared.engines.tables.checking import check
from shared.engines.tables.header import said
from shared.engines.tables.sql import ID, LINE, Tables, literal, names, quoted

_BATCH = 65_536
_CAPTURED, _BEFORE = 2**39, 2**40
"""Captured rows are older than line 1 of the upload, and rows of an earlier version older than those."""

_UPLOADED = 2**41
"""What sets an uploaded row before every captured one."""


def read_past(tables: Tables, previous: Path | None, captured: Path | None, spec: Spec) -> None:
    """Make the tables `past` and `caught` of the last version's rows and of captured ones.

    Those that today's spec does not accept of callers are left out, and get a reject at line 0.
    """
    asked = lenient(spec)
    tables.execute("CREATE TABLE refused AS FROM rejects LIMIT 0")
    if previous:
        tables.execute(
            f"CREATE VIEW stored AS SELECT file_row_number - {_BEFORE} AS {LINE}, * EXCLUDE file_row_number"
            f" FROM read_parquet({literal(str(previous))}, file_row_number = true)"
        )
        check(tables, "stored", "past", "refused", asked)
    if captured:
        columns = ", ".join(f"{quoted(name)}: 'VARCHAR'" for name in (ID, *said(spec)))
        tables.execute(
            f"CREATE TABLE sent AS FROM"
            f" read_json({literal(str(captured))}, format = 'newline_delimited', columns = {{{columns}}})"
        )
        tables.execute(f"CREATE VIEW sent_lines AS SELECT rowid - {_CAPTURED} AS {LINE}, * FROM sent")
        check(tables, "sent_lines", "caught", "refused", asked)
    for table in ("past", "caught"):
        tables.execute(f"CREATE TABLE IF NOT EXISTS {table} AS FROM fresh LIMIT 0")
    tables.execute("INSERT INTO rejects SELECT 0, place, col, got, expected FROM refused")


def merge(tables: Tables, spec: Spec) -> None:
    """Make table `rows` of `past`, `caught` and `fresh`: the last row of each key; without a key every row stays.

    An uploaded row beats a captured one of its key; a prediction is one row, however often it comes.
    """
    data, prediction = spec.data, quoted(ID)
    key = names(data.key) or f"coalesce({prediction}, {LINE}::VARCHAR)"
    rank = f"{LINE} + CASE WHEN {prediction} IS NULL THEN {_UPLOADED} ELSE 0 END"
    first = (data.time.column,) if data.time else ()
    order = dict.fromkeys((*first, *(data.key or said(spec)), ID))
    tables.execute(
        "CREATE TABLE rows AS WITH everything AS (FROM past UNION ALL FROM caught UNION ALL FROM fresh)"
        f" SELECT {names(said(spec))}, {prediction} FROM everything"
        f" SEMI JOIN (SELECT arg_max({LINE}, {rank}) AS {LINE} FROM everything GROUP BY {key}) USING ({LINE})"
        f" ORDER BY {', '.join(f'{quoted(column)} NULLS FIRST' for column in order)}"
    )


def fingerprint(tables: Tables, spec: Spec) -> str:
    """SHA-256 over every row as JSON, in the order of `rows`."""
    batches = tables.execute(
        f"SELECT sha256(string_agg(sha256(json_array({names(said(spec))})), '' ORDER BY rowid))"
        f" FROM rows GROUP BY rowid // {_BATCH} ORDER BY rowid // {_BATCH}"
    ).fetchall()
    return hashlib.sha256("".join(digest for (digest,) in batches).encode()).hexdigest()
