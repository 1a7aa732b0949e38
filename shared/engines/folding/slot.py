"""The slot document: rows and outcomes of an hour of arrivals as arrays, no values that a caller sent.

Rows are kept by version, since versions count over different bins; each is there once, in the order of its id's hash.
An outcome whose prediction has not come yet waits: the two are joined when they are counted. Adding is commutative
and idempotent, so that the document depends on the set of what came in alone.
"""

import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import isfinite
from typing import Any

import numpy as np
from numpy.typing import NDArray

from shared.engines.folding.arrivals import Arrivals, Asked, Told
from shared.engines.folding.hashing import hashed
from shared.engines.folding.known import Known

Fields = NDArray[Any]
"""Records, one a row."""

ROW = np.dtype([
    ("id", "u8"), ("arrived", "i8"), ("happened", "i8"), ("serving", "i4"), ("caller", "i4"), ("arm", "i4"),
    ("failed", "?"),
])  # fmt: skip
"""Arrived in milliseconds, happened in seconds since 1970; caller and arm are places among the document's names."""

OUTCOME = np.dtype([("id", "u8"), ("at", "i8"), ("none", "?"), ("number", "f8"), ("word", "u8")])
"""`none`: it never came to be. A number is NaN for a word, and the word's hash is there for both."""


@dataclass(frozen=True, slots=True)
class Rows:
    """Rows of one version: fields (n,), scores (n, width), and the bins of their columns (n, columns)."""

    fields: Fields
    scores: NDArray[np.float32]
    places: NDArray[np.uint16]


@dataclass(frozen=True, slots=True)
class Slot:
    """The document; `revision` counts its states."""

    revision: int
    names: tuple[str, ...]
    rows: Mapping[int, Rows]
    outcomes: Fields

    def with_arrivals(self, arrivals: Arrivals, known: Mapping[int, Known]) -> "Slot":
        """What came in added, as far as its versions are known; the same document where nothing in it is new."""
        names = tuple(dict.fromkeys((*self.names, *(name for row in arrivals.asked for name in (row.caller, row.arm)))))
        places = {name: place for place, name in enumerate(names)}
        rows = dict(self.rows)
        for version in known:
            fresh = _unheard(
                [row for row in arrivals.asked if row.version == version], rows.get(version), known[version]
            )
            if fresh:
                rows[version] = _inserted(rows.get(version), _rows(fresh, known[version], places))
        outcomes = _updated(self.outcomes, _outcomes(arrivals.told))
        same = outcomes is self.outcomes and all(rows[version] is self.rows.get(version) for version in rows)
        return self if same else Slot(self.revision + 1, names, rows, outcomes)


EMPTY = Slot(0, (), {}, np.zeros(0, OUTCOME))


def encoded(slot: Slot) -> bytes:
    """The document as npz."""
    names: Fields = np.array(slot.names, np.str_)
    members: dict[str, Fields] = {"revision": np.array(slot.revision), "names": names, "outcomes": slot.outcomes}
    for version, rows in slot.rows.items():
        members |= {
            f"{version}/fields": rows.fields,
            f"{version}/scores": rows.scores,
            f"{version}/places": rows.places,
        }
    body = io.BytesIO()
    np.savez(body, allow_pickle=False, **members)
    return body.getvalue()


def decoded(body: bytes) -> Slot:
    """The document that `encoded` wrote; an empty body is one with nothing in it."""
    if not body:
        return EMPTY
    with np.load(io.BytesIO(body), allow_pickle=False) as members:
        versions = [int(name.partition("/")[0]) for name in members.files if name.endswith("/fields")]
        rows = {
            each: Rows(*(members[f"{each}/{part}"] for part in ("fields", "scores", "places"))) for each in versions
        }
        return Slot(int(members["revision"]), tuple(members["names"].tolist()), rows, members["outcomes"])


def found(among: Fields, ids: NDArray[np.uint64]) -> tuple[NDArray[np.int64], NDArray[np.bool_]]:
    """Where each of these ids is, or would be, among records in order of their ids; and whether it is there."""
    places = np.searchsorted(among["id"], ids)
    there = np.zeros(len(ids), np.bool_)
    inside = places < len(among)
    there[inside] = among["id"][places[inside]] == ids[inside]
    return places, there


def _unheard(asked: Sequence[Asked], rows: Rows | None, known: Known) -> list[Asked]:
    """Rows that are not there yet, each once, in order of their ids; a score that the version cannot give is none."""
    by_id = {row.id: row for row in asked if _is_score(row.score, known.width)}
    ids = np.array(sorted(by_id), np.uint64)
    there = found(rows.fields, ids)[1] if rows else np.zeros(len(ids), np.bool_)
    return [by_id[each] for each in ids[~there].tolist()]


def _is_score(score: object, width: int) -> bool:
    numbers = [score] if width == 1 else score
    return (
        isinstance(numbers, list | tuple)
        and len(numbers) == width
        and all(isinstance(n, int | float) and isfinite(n) for n in numbers)
    )


def _rows(asked: Sequence[Asked], known: Known, names: Mapping[str, int]) -> Rows:
    fields = np.zeros(len(asked), ROW)
    for place, row in enumerate(asked):
        happened = known.happened(row.cells, row.arrived // 1000)
        name, arm = names[row.caller], names[row.arm]
        fields[place] = (row.id, row.arrived, happened, row.serving, name, arm, row.failed)
    scores = np.array([row.score for row in asked], np.float32).reshape(len(asked), known.width)
    return Rows(fields, scores, known.placed([row.cells for row in asked], scores))


def _inserted(rows: Rows | None, fresh: Rows) -> Rows:
    if rows is None:
        return fresh
    at, _ = found(rows.fields, fresh.fields["id"])
    return Rows(
        np.insert(rows.fields, at, fresh.fields),
        np.insert(rows.scores, at, fresh.scores, axis=0),
        np.insert(rows.places, at, fresh.places, axis=0),
    )


def _outcomes(told: Sequence[Told]) -> Fields:
    """The newest outcome of each prediction, in order of the ids."""
    fields = np.array([(each.id, each.at, *_meaning(each.actual)) for each in told], OUTCOME)
    fields = fields[np.lexsort([fields[name] for name in ("word", "number", "none", "at", "id")])]
    last = np.ones(len(fields), np.bool_)
    last[:-1] = fields["id"][1:] != fields["id"][:-1]
    return fields[last]


def _meaning(actual: object) -> tuple[bool, float, int]:
    """Whether there is none, its number and its word; true and false are 1 and 0."""
    if actual is None:
        return True, np.nan, 0
    word = str(actual)
    truth = {"true": "1", "false": "0"}.get(word.lower(), word)
    try:
        number = float(truth)
    except ValueError:
        number = np.nan
    return False, number if np.isfinite(number) else np.nan, hashed(word)


def _updated(outcomes: Fields, fresh: Fields) -> Fields:
    """A later outcome replaces an earlier one; of two at once, the same one always wins."""
    at, there = found(outcomes, fresh["id"])
    before, after = outcomes[at[there]], fresh[there]
    later = np.array([_rank(b) < _rank(a) for b, a in zip(before.tolist(), after.tolist(), strict=True)], np.bool_)
    if not later.any() and there.all():
        return outcomes
    updated = outcomes.copy()
    updated[at[there][later]] = after[later]
    return np.insert(updated, at[~there], fresh[~there])


def _rank(outcome: tuple[int, int, bool, float, int]) -> tuple[int, bool, float, int]:
    """Later is higher; then as `_outcomes` sorts what was said at once, where NaN comes last."""
    _, at, none, number, word = outcome
    return at, none, np.inf if np.isnan(number) else number, word
