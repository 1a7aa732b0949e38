"""From an upload and captured rows to a data version on disk: read, check, merge, split, write."""

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

import numpy as np

from shared.domain import profile
from shared.domain.dataset import Reject
from shared.domain.spec import Spec, Task
from shared.domain.split import Side
from shared.engines.tables import limits
from shared.engines.tables.cells import define
from shared.engines.tables.checking import check
from shared.engines.tables.columns import Array, array, define_vocabulary, enum_of, write_columns
from shared.engines.tables.merging import fingerprint, merge, read_past
from shared.engines.tables.prepared import Prepared, Source
from shared.engines.tables.profiling import reference
from shared.engines.tables.reading import read, read_nothing
from shared.engines.tables.splitting import cut_of, outcome, side
from shared.engines.tables.sql import ID, LINE, Tables, instant, literal, opened, quoted

_SHOWN = 100
_NEWLY_CAPTURED = f"count(*) FROM rows SEMI JOIN caught USING ({quoted(ID)}) ANTI JOIN past USING ({quoted(ID)})"


def gather(source: Source, spec: Spec, into: Path) -> int:
    """Merge an upload which another of the same run follows: rows.parquet and rejects.csv; gives how many rows are bad.

    Raises DataRejected for the upload itself; the limits of a data version are held where the last one is prepared.
    """
    with _merged(source, spec, into) as (tables, bad, _):
        _write_rows(tables, into)
        return bad


def prepare(source: Source, spec: Spec, into: Path) -> Prepared:
    """Make the data version of a source in the folder; raises DataRejected, once rows were read beside rejects.csv."""
    with _merged(source, spec, into) as (tables, bad, rejects):
        limits.hold_rows(spec, _number(tables, "count(*) FROM rows"))
        limits.hold_outcomes(_number(tables, f"count({quoted(spec.data.target.column)}) FROM rows"))
        vocabulary = define_vocabulary(tables, spec, source.vocabulary)
        cut = cut_of(tables, spec, source)
        _write_split(tables, spec, cut, vocabulary, into)
        _write(tables, spec, vocabulary, into)
        return _prepared(tables, spec, into, cut, bad, rejects)


@contextmanager
def _merged(source: Source, spec: Spec, into: Path) -> Iterator[tuple[Tables, int, tuple[Reject, ...]]]:
    """A database with all rows in `rows`, how many rows of the upload are bad, and the first of their cells."""
    into.mkdir(parents=True, exist_ok=True)
    with opened(into / "spill") as tables:
        define(tables)
        if source.upload:
            read(tables, source.upload, spec, into)
        else:
            read_nothing(tables, spec)
        bad, rejects = _checked(tables, source, spec, into)
        merge(tables, spec)
        yield tables, bad, rejects


def _checked(tables: Tables, source: Source, spec: Spec, into: Path) -> tuple[int, tuple[Reject, ...]]:
    """Make `fresh` and `past`; gives how many rows of the upload are bad and the first of their cells."""
    check(tables, "upload", "fresh", "rejects", spec)
    bad = _number(tables, f"count(DISTINCT {LINE}) FROM rejects")
    rows = _number(tables, "count(*) FROM fresh") + bad
    ordered = f"SELECT {LINE}, col, got, expected FROM rejects ORDER BY {LINE}, place"
    rejects = tuple(Reject(*row) for row in tables.execute(f"{ordered} LIMIT {_SHOWN}").fetchall())
    tables.execute("DROP TABLE upload")
    replaced = source.upload and spec.data.uploads == "replace"
    read_past(tables, None if replaced else source.previous, source.captured, spec)
    tables.execute(
        f"COPY (SELECT {LINE} AS line, col AS {quoted('column')}, got, expected"
        f" FROM rejects ORDER BY line = 0, line, place) TO {literal(str(into / 'rejects.csv'))} (HEADER)"
    )
    limits.hold_rejected(spec, rows, bad, rejects)
    return bad, rejects


def _write_split(
    tables: Tables, spec: Spec, cut: datetime | None, vocabulary: Mapping[str, tuple[str, ...]], into: Path
) -> None:
    """Write target.npy and split.npy, once both sides can be learned from and judged on."""
    column = spec.data.target.column
    target = array(tables, f"coalesce({outcome(spec, enum_of(column))}, 'nan'::DOUBLE)")
    sides = array(tables, side(spec, cut))
    limits.hold_split(spec, target, sides, vocabulary.get(column, ("0", "1")))
    np.save(into / "target.npy", target, allow_pickle=False)
    np.save(into / "split.npy", sides, allow_pickle=False)


def _write(tables: Tables, spec: Spec, vocabulary: Mapping[str, tuple[str, ...]], into: Path) -> None:
    write_columns(tables, spec, into)
    _write_rows(tables, into)
    (into / "vocabulary.json").write_text(json.dumps(vocabulary, ensure_ascii=False, sort_keys=True), encoding="utf-8")
    (into / "profile.json").write_text(profile.to_json(reference(tables, spec, into, vocabulary)), encoding="utf-8")


def _write_rows(tables: Tables, into: Path) -> None:
    """Rows for people, and for the next data version; which of them were captured stands beside them."""
    shown = "*" if _number(tables, f"count({quoted(ID)}) FROM rows") else f"* EXCLUDE {quoted(ID)}"
    file = literal(str(into / "rows.parquet"))
    tables.execute(f"COPY (SELECT {shown} FROM rows) TO {file} (FORMAT parquet, COMPRESSION zstd)")


def _prepared(
    tables: Tables, spec: Spec, into: Path, cut: datetime | None, bad: int, rejects: tuple[Reject, ...]
) -> Prepared:
    sides: Array = np.load(into / "split.npy")
    learned = np.load(into / "target.npy")[sides == Side.TRAIN]
    train, test, skipped = (int(np.sum(sides == each)) for each in (Side.TRAIN, Side.TEST, Side.SKIPPED))
    first, last, until = _span(tables, spec, cut)
    return Prepared(
        rows=len(sides),
        train_rows=train,
        test_rows=test,
        skipped=skipped,
        rejected=rejects,
        rejected_count=bad,
        fingerprint=fingerprint(tables, spec),
        cut=cut,
        learned_until=until,
        first_at=first,
        last_at=last,
        positives=float(learned.mean()) if spec.task is Task.BINARY else None,
        captured=_number(
            tables, f"count(*) FROM rows SEMI JOIN caught USING ({quoted(ID)}) ANTI JOIN past USING ({quoted(ID)})"
        ),
    )


def _span(tables: Tables, spec: Spec, cut: datetime | None) -> tuple[datetime | None, datetime | None, datetime | None]:
    """The first and the last instant of all rows, and the last one of the training rows."""
    if spec.data.time is None:
        return None, None, None
    time = f"epoch_us({quoted(spec.data.time.column)})"
    training = f"max({time}) FILTER ({side(spec, cut)} = {Side.TRAIN})"
    first, last, until = tables.execute(f"SELECT min({time}), max({time}), {training} FROM rows").fetchall()[0]
    return instant(first), instant(last), instant(until)  # rows have a time, and some are training rows


def _number(tables: Tables, query: str) -> int:
    number: int = tables.execute(f"SELECT {query}").fetchall()[0][0]
    return number
