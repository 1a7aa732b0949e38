"""Reference: the rows of a data version by hour, counted as fold counts captured ones, with what the version said."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import pairwise
from zoneinfo import ZoneInfo

import numpy as np
from numpy.typing import NDArray

from shared.domain.profile import PREDICTION, Categories, ColumnProfile, Profile
from shared.domain.signature import NO_TIME
from shared.domain.spec import Spec, Task
from shared.domain.spec.data import ColumnType, Operator
from shared.engines.monitoring.hours import HOUR_S, Floats, Hours, Sums
from shared.statistics import performance
from shared.statistics import profile as vectors

Column = Callable[[str], NDArray[np.generic]]

_LONGEST = 400 * 24
"""Hours that are looked back on: a year with its seasons."""

_UNTIMED = 13 * 7 * 24
"""Hours over which rows without a time are spread in turn: only chance moves them."""

_QUARTER_S = 900
_DIGITS = tuple(map(str, range(24)))


@dataclass(frozen=True, slots=True, eq=False)
class Reference:
    """What a version is compared with: its bins, the features among them that are watched, its rows by hour."""

    bins: Profile
    features: tuple[str, ...]
    hours: Hours

    @property
    def columns(self) -> Mapping[str, ColumnProfile]:
        """Every column's bins, the prediction's among them."""
        return {**self.bins.columns, PREDICTION: self.bins.prediction}

    @property
    def watched(self) -> tuple[str, ...]:
        """The features, and the prediction."""
        return (*self.features, PREDICTION)


@dataclass(frozen=True, slots=True, eq=False)
class Rows:
    """A data version as the verbs keep it: `column` loads one (n,), scores are NaN where the version gave none.

    Scores (n,) or (n, k) are out of fold for training rows; outcomes (n,) are NaN where there is none.
    """

    column: Column
    vocabulary: Mapping[str, tuple[str, ...]]
    scores: Floats
    actual: Floats


def reference(spec: Spec, bins: Profile, rows: Rows) -> Reference:
    """The newest 400 days of it, by hour of event time."""
    learned = {*spec.data.features, *spec.data.derive}
    return Reference(bins, tuple(name for name in bins.columns if name in learned), _by_hour(spec, bins, rows))


def _by_hour(spec: Spec, bins: Profile, rows: Rows) -> Hours:
    hours = _hours(spec, rows)
    end = int(hours.max(initial=-1)) + 1
    begin = max(int(hours[hours >= 0].min(initial=end)), end - _LONGEST)
    inside = np.flatnonzero(hours >= begin)
    groups, count = hours[inside] - begin, end - begin
    places = _placed(spec, bins, rows, inside)
    counts = vectors.summed(bins, places, groups, count)
    answers = _answers(spec.task, rows.scores[inside], rows.actual[inside], groups, count)
    outcomes = np.bincount(groups[~np.isnan(rows.actual[inside])], minlength=count)
    sums = Sums(
        np.bincount(groups, minlength=count).astype(float), outcomes.astype(float), counts.astype(float), answers
    )
    return Hours(begin, sums)


def _hours(spec: Spec, rows: Rows) -> NDArray[np.int64]:
    """Hours since 1970 (n,), below 0 where unknown; without a time column all hours are alike."""
    if spec.data.time is None:
        return np.arange(len(rows.actual), dtype=np.int64) % _UNTIMED
    seconds = rows.column(spec.data.time.column).astype(np.int64)
    return np.where(seconds == NO_TIME, -1, seconds // HOUR_S)


def _placed(spec: Spec, bins: Profile, rows: Rows, inside: NDArray[np.int64]) -> vectors.Places:
    """The bins of these rows (n, columns + 1): each word is looked up once, each row by its code."""
    places = np.empty((len(inside), len(bins.columns) + 1), np.uint16)
    for place, name in enumerate(bins.columns):
        places[:, place] = _column(spec, bins, rows, name)[inside]
    places[:, -1] = _predicted(spec, bins, rows)[inside]
    return places


def _column(spec: Spec, bins: Profile, rows: Rows, name: str) -> vectors.Places:
    if derived := spec.data.derive.get(name):
        [(operator, source)] = derived.items()
        zone = spec.data.time.zone if spec.data.time else "UTC"
        return _coded(bins, name, _DIGITS, _on_the_clock(operator, zone, rows.column(source).astype(np.int64)))
    cells = rows.column(name)
    if isinstance(bins.columns[name], Categories):
        return _coded(bins, name, rows.vocabulary[name], cells.astype(np.int64))
    if spec.data.columns[name].type is ColumnType.TIMESTAMP:
        cells = np.where(cells == NO_TIME, np.nan, cells)
    return _place_of(bins, name, cells.astype(np.float64))


def _predicted(spec: Spec, bins: Profile, rows: Rows) -> vectors.Places:
    scores = rows.scores
    known = ~np.isnan(scores if scores.ndim == 1 else scores[:, 0])
    if spec.task is Task.MULTICLASS:
        codes = np.where(known, scores.argmax(axis=1), -1)
        placed = _coded(bins, PREDICTION, rows.vocabulary[spec.data.target.column], codes)
    else:
        placed = _place_of(bins, PREDICTION, scores)
    return np.where(known, placed, vectors.ABSENT).astype(np.uint16)


def _coded(bins: Profile, name: str, words: tuple[str, ...], codes: NDArray[np.int64]) -> vectors.Places:
    """The bins of codes; below 0 is missing."""
    table = _place_of(bins, name, [*words, ""])
    return table[np.where(codes < 0, len(words), codes)]


def _place_of(bins: Profile, name: str, values: vectors.Values) -> vectors.Places:
    names = [*bins.columns, PREDICTION]
    return vectors.placed(bins, {name: values})[:, names.index(name)]


def _on_the_clock(operator: Operator, zone: str, seconds: NDArray[np.int64]) -> NDArray[np.int64]:
    """Local hours or weekdays (n,), -1 where missing; offsets are whole quarters, so each quarter is asked once."""
    quarters, places = np.unique(seconds // _QUARTER_S, return_inverse=True)
    place = ZoneInfo(zone)

    def read(quarter: int) -> int:
        local = datetime.fromtimestamp(quarter * _QUARTER_S, UTC).astimezone(place)
        return local.hour if operator is Operator.HOUR else local.weekday()

    missing = NO_TIME // _QUARTER_S
    return np.array([-1 if one == missing else read(one) for one in quarters.tolist()], np.int64)[places]


def _answers(task: Task, scores: Floats, actual: Floats, groups: NDArray[np.int64], count: int) -> Floats:
    """The sums of each hour (count, length) over the rows that the version answered."""
    known = np.flatnonzero(~np.isnan(scores if scores.ndim == 1 else scores[:, 0]))
    known = known[np.argsort(groups[known], kind="stable")]
    bounds = np.searchsorted(groups[known], np.arange(count + 1))
    parts = (known[start:stop] for start, stop in pairwise(bounds.tolist()))
    return np.stack([performance.summed(task, scores[part], actual[part]) for part in parts])
