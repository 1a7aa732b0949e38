"""Profile: exact counts of what was in the columns, over the bins of one reference, so that hours sum to any window."""

import hashlib
from bisect import bisect_right
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from pydantic import TypeAdapter

TOP = 50
CELLS = 256


@dataclass(frozen=True, slots=True)
class Numbers:
    """Counts between inner edges; the first and the last bin are open, bin i holds edges[i-1] <= x < edges[i]."""

    edges: tuple[float, ...]
    counts: tuple[int, ...]
    missing: int = 0


@dataclass(frozen=True, slots=True)
class Categories:
    """Counts of the reference's top values by name, of all others by hashed cell; unseen are also in the cells."""

    top: tuple[str, ...]
    counts: tuple[int, ...]
    cells: tuple[int, ...]
    missing: int = 0
    unseen: int = 0


ColumnProfile = Numbers | Categories


@dataclass(frozen=True, slots=True)
class Profile:
    """Rows, a profile a column (derived features too), and the target's."""

    rows: int
    columns: Mapping[str, ColumnProfile]
    target: ColumnProfile


_DOCUMENT = TypeAdapter(Profile)


def bin_of(edges: tuple[float, ...], value: float) -> int:
    """The bin of a number, 0 to len(edges)."""
    return bisect_right(edges, value)


def cell_of(value: str) -> int:
    """The hashed cell of a category outside the top, 0 to 255: the first byte of SHA-256."""
    return hashlib.sha256(value.encode()).digest()[0]


def top_of(counts: Mapping[str, int]) -> tuple[str, ...]:
    """The most frequent values of a reference, ties in order of name."""
    return tuple(sorted(counts, key=lambda value: (-counts[value], value))[:TOP])


def categories(counts: Mapping[str, int], top: tuple[str, ...], *, missing: int = 0, unseen: int = 0) -> Categories:
    """Counts of values, laid over the top values of a reference."""
    cells = [0] * CELLS
    for value in counts.keys() - set(top):
        cells[cell_of(value)] += counts[value]
    return Categories(top, tuple(counts.get(value, 0) for value in top), tuple(cells), missing, unseen)


def merged(left: Profile, right: Profile) -> Profile:
    """The profile of both sets of rows; raises ValueError where the two are not over one reference."""
    if left.columns.keys() != right.columns.keys():
        raise ValueError(
            f"expected profiles of the same columns, got {sorted(left.columns.keys() ^ right.columns.keys())}"
        )
    columns = {name: _merged(column, right.columns[name]) for name, column in left.columns.items()}
    return Profile(left.rows + right.rows, columns, _merged(left.target, right.target))


def _merged(left: ColumnProfile, right: ColumnProfile) -> ColumnProfile:
    match left, right:
        case Numbers(), Numbers() if left.edges == right.edges:
            return replace(left, counts=_summed(left.counts, right.counts), missing=left.missing + right.missing)
        case Categories(), Categories() if left.top == right.top:
            return Categories(
                left.top,
                _summed(left.counts, right.counts),
                _summed(left.cells, right.cells),
                left.missing + right.missing,
                left.unseen + right.unseen,
            )
    raise ValueError("expected two profiles over the bins of one reference")


def _summed(left: Iterable[int], right: Iterable[int]) -> tuple[int, ...]:
    return tuple(a + b for a, b in zip(left, right, strict=True))


def to_json(profile: Profile) -> str:
    """The profile as one JSON document."""
    return _DOCUMENT.dump_json(profile).decode()


def from_json(text: str) -> Profile:
    """The profile that `to_json` wrote; raises pydantic.ValidationError for anything else."""
    return _DOCUMENT.validate_json(text)
