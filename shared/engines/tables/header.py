"""The header of a file against the spec: each column of the file is said exactly once."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from shared.domain.errors import DataRejected, Problem
from shared.domain.spec import Spec
from shared.domain.spec.header import missing, unknown


def said(spec: Spec) -> tuple[str, ...]:
    """Every column that the spec says, in its order: columns, target, after, ignore."""
    data = spec.data
    return (*data.columns, data.target.column, *data.after, *data.ignore)


def hold_header(spec: Spec, header: Sequence[str]) -> None:
    """Raise DataRejected: columns_missing (a caller's or the target), columns_unknown (nobody says it, or twice)."""
    names = [name.encode(errors="replace").decode() for name in header]  # bytes that are no UTF-8 cannot be shown
    alone = "; the file has one column: its separator must be a comma" if len(names) == 1 else ""
    _hold("columns_missing", f"columns missing from the file{alone}", missing(spec, names))
    _hold("columns_unknown", "columns that the spec does not say once", unknown(spec, names))


def _hold(code: str, sentence: str, problems: Iterable[Problem]) -> None:
    """Raise where there are problems; their pointers are then the file's columns, not places in the spec."""
    found = tuple(replace(problem, pointer=problem.got, line=1) for problem in problems)
    if found:
        listed = ", ".join(problem.pointer for problem in found[:5])
        more = f" and {len(found) - 5} more" if len(found) > 5 else ""
        raise DataRejected(code, f"{sentence}: {listed}{more}", *found)
