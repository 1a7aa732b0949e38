"""One table of all rows: the last one of a key wins; order and fingerprint come of the content, not of the upload."""

import hashlib
from pathlib import Path

from shared.domain.spec import Spec
from shared.engines.tables.checking import check
from shared.engines.tables.header import said
from shared.engines.tables.sql import LINE, Tables, literal, names, quoted

_BATCH = 65_536
_BEFORE = 2**40  # an earlier version's rows are older than line 1 of the upload


def read_past(tables: Tables, previous: Path | None, spec: Spec) -> None:
    """Make table `past` of the last version's rows that today's spec accepts; the others get a reject at line 0."""
    tables.execute("CREATE TABLE refused AS FROM rejects LIMIT 0")
    if previous is None or spec.data.uploads == "replace":
        tables.execute("CREATE TABLE past AS FROM fresh LIMIT 0")
        return
    file = literal(str(previous))
    tables.execute(
        f"CREATE VIEW stored AS SELECT file_row_number - {_BEFORE} AS {LINE}, * EXCLUDE file_row_number"
        f" FROM read_parquet({file}, file_row_number = true)"
    )
    check(tables, "stored", "past", "refused", spec)
    tables.execute("INSERT INTO rejects SELECT 0, place, col, got, expected FROM refused")


def merge(tables: Tables, spec: Spec) -> None:
    """Make table `rows` of `past` and `fresh`: without a key every row stays, with one the last of each key."""
    data = spec.data
    last = f"SEMI JOIN (SELECT max({LINE}) AS {LINE} FROM everything GROUP BY {names(data.key)}) USING ({LINE})"
    first = (data.time.column,) if data.time else ()
    order = dict.fromkeys((*first, *(data.key or said(spec))))
    tables.execute(
        "CREATE TABLE rows AS WITH everything AS (FROM past UNION ALL FROM fresh)"
        f" SELECT {names(said(spec))} FROM everything {last if data.key else ''}"
        f" ORDER BY {', '.join(f'{quoted(column)} NULLS FIRST' for column in order)}"
    )


def fingerprint(tables: Tables, spec: Spec) -> str:
    """SHA-256 over every row as JSON, in the order of `rows`."""
    batches = tables.execute(
        f"SELECT sha256(string_agg(sha256(json_array({names(said(spec))})), '' ORDER BY rowid))"
        f" FROM rows GROUP BY rowid // {_BATCH} ORDER BY rowid // {_BATCH}"
    ).fetchall()
    return hashlib.sha256("".join(digest for (digest,) in batches).encode()).hexdigest()
