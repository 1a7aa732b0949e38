"""Profile: exact counts of what was in the columns of training rows, over whose bins every later hour is counted.

How hours lie over these bins and sum to any window is in `statistics/profile.py`.
"""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, replace

from pydantic import TypeAdapter

TOP = 4096
"""Values that have a bin of their own. With 50 and the rest in cells, four fifths of a fleet's turnover went unseen:
the tail numbers of December against January to March come to a PSI of 0.19 instead of 0.88."""

CELLS = 256
MOST_OTHERS = 20_000
"""Values of a reference that are kept by name; where it has more, an empty cell is what tells an unseen one."""

PREDICTION = "prediction"
"""The name of what a version answered, beside the columns' own."""

PROBABILITIES = tuple(step / 20 for step in range(1, 20))
"""The inner edges of twenty equal bins of a probability."""


@dataclass(frozen=True, slots=True)
class Numbers:
    """Counts between inner edges; the first and the last bin are open, bin i holds edges[i-1] <= x < edges[i].

    `knots` are the smallest value, the percentiles and the largest, each once, and `below` counts the values below
    each: what it takes to count these rows over other edges. Without them, the edges are all that is known.
    """

    edges: tuple[float, ...]
    counts: tuple[int, ...]
    missing: int = 0
    knots: tuple[float, ...] = ()
    below: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Categories:
    """Counts of the reference's top values by name, of all others by hashed cell.

    `others` are the reference's values outside its top: what is in neither is unseen. Without them (a reference has
    too many), a value is unseen whose cell the reference left empty: a lower bound.
    """

    top: tuple[str, ...]
    counts: tuple[int, ...]
    cells: tuple[int, ...]
    missing: int = 0
    others: tuple[str, ...] = ()


ColumnProfile = Numbers | Categories


@dataclass(frozen=True, slots=True)
class Profile:
    """Rows, a profile a column (derived features too), the target's, and the bins in which answers are counted.

    Answers are counted in `prediction`: probabilities in twenty equal bins, classes and values over the target's own.
    A reference has rows before it has a version that answers them: those counts are all 0.
    """

    rows: int
    columns: Mapping[str, ColumnProfile]
    target: ColumnProfile
    prediction: ColumnProfile = Numbers(PROBABILITIES, (0,) * (len(PROBABILITIES) + 1))


_DOCUMENT = TypeAdapter(Profile)


def cell_of(value: str) -> int:
    """The hashed cell of a category outside the top, 0 to 255: the first byte of SHA-256."""
    return hashlib.sha256(value.encode(errors="surrogatepass")).digest()[0]


def top_of(counts: Mapping[str, int]) -> tuple[str, ...]:
    """The most frequent values of a reference, ties in order of name."""
    return tuple(sorted(counts, key=lambda value: (-counts[value], value))[:TOP])


def categories(counts: Mapping[str, int], missing: int = 0) -> Categories:
    """The profile of a reference's values, which are so often each."""
    top = top_of(counts)
    cells = [0] * CELLS
    others = counts.keys() - set(top)
    for value in others:
        cells[cell_of(value)] += counts[value]
    named = tuple(sorted(others)) if len(others) <= MOST_OTHERS else ()
    return Categories(top, tuple(counts.get(value, 0) for value in top), tuple(cells), missing, named)


def empty(column: ColumnProfile) -> ColumnProfile:
    """The bins of a column with nothing in them."""
    if isinstance(column, Numbers):
        return Numbers(column.edges, (0,) * len(column.counts))
    return replace(column, counts=(0,) * len(column.counts), cells=(0,) * CELLS, missing=0)


def to_json(profile: Profile) -> str:
    """The profile as one JSON document."""
    return _DOCUMENT.dump_json(profile).decode()


def from_json(text: str) -> Profile:
    """The profile that `to_json` wrote; raises pydantic.ValidationError for anything else."""
    return _DOCUMENT.validate_json(text)
