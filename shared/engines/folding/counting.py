"""Counting: what a slot's document comes to, for the hours, serving records and callers that an object reached."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

from shared.domain.hour import Caller, Counted, Folding, Hour, Tally
from shared.domain.spec import Task
from shared.engines.folding.known import Known
from shared.engines.folding.slot import Rows, Slot, found
from shared.statistics import performance, profile

Ids = NDArray[np.uint64]
Numbers = NDArray[np.int64]

_HOUR_S, _DAY_S = 3600, 86_400
_EPOCH = datetime.fromtimestamp(0, UTC)


@dataclass(frozen=True, slots=True)
class Reach:
    """How far predictions reach: newest arrival, event, event with an outcome (None: none); ids of no known prediction.

    Then the oldest event of those that came, and how far one of them lay behind one before it. A row whose time is over
    a day ahead of its arrival is no event here.
    """

    arrived: datetime | None
    event: datetime | None
    outcome: datetime | None
    unmatched: int
    oldest: datetime | None
    disorder: timedelta


def reach(slot: Slot, ids: Ids, asked: Ids) -> Reach:
    """How far these predictions reach, of which those in `asked` came, in this order, and of the others an outcome."""
    arrived, event, outcome, matched = [0], [0], [0], 0
    for rows in slot.rows.values():
        fields = rows.fields[_reached(rows, ids)]
        matched += len(fields)
        sound = fields[_sound(fields)]
        known = found(slot.outcomes, sound["id"])[1]
        arrived.append(int(fields["arrived"].max(initial=0)))
        event.append(int(sound["happened"].max(initial=0)))
        outcome.append(int(sound["happened"][known].max(initial=0)))
    newest = (_instant(max(arrived)), _instant(1000 * max(event)), _instant(1000 * max(outcome)))
    happened = _happened(slot, asked)
    behind = int((np.maximum.accumulate(happened) - happened).max(initial=0))
    oldest = _instant(1000 * int(happened.min())) if len(happened) else None
    return Reach(*newest, len(np.unique(ids)) - matched, oldest, timedelta(seconds=behind))


def _happened(slot: Slot, asked: Ids) -> Numbers:
    """The event times (seconds since 1970) of these predictions in their order, without those that make no sense."""
    happened = np.full(len(asked), -1, np.int64)
    for rows in slot.rows.values():
        places, there = found(rows.fields, asked)
        fields = rows.fields[places[there]]
        happened[there] = np.where(_sound(fields), fields["happened"], -1)
    return happened[happened >= 0]


def _sound(fields: NDArray[Any]) -> NDArray[np.bool_]:
    return np.asarray(fields["happened"] <= fields["arrived"] // 1000 + _DAY_S)


def folding(model: str, name: str, slot: Slot, known: Mapping[int, Known], ids: Ids) -> Folding:
    """Every hour, serving record and caller that these predictions belong to, counted over the whole slot.

    Rows of a version of which nothing is known any more, since it was purged, are left out.
    """
    slot = replace(slot, rows={version: rows for version, rows in slot.rows.items() if version in known})
    reached = {version: places for version, rows in slot.rows.items() if len(places := _reached(rows, ids))}
    hours = (hour for version in reached for hour in _hours(name, version, slot, known[version], reached[version]))
    servings = {int(each) for version, at in reached.items() for each in slot.rows[version].fields["serving"][at]}
    tallies = tuple(_tally(serving, name, slot, known) for serving in sorted(servings))
    callers = (caller for version in reached for caller in _callers(name, version, slot, reached[version]))
    return Folding(model, name, slot.revision, tuple(hours), tallies, tuple(callers))


def versions(slot: Slot, ids: Ids) -> frozenset[int]:
    """The versions that answered in the serving records which these predictions belong to."""
    servings = [rows.fields["serving"][_reached(rows, ids)] for rows in slot.rows.values()]
    touched = np.unique(np.concatenate(servings)) if servings else np.zeros(0, np.int32)
    return frozenset(each for each, rows in slot.rows.items() if np.isin(rows.fields["serving"], touched).any())


def _reached(rows: Rows, ids: Ids) -> Numbers:
    """The places of these predictions among a version's rows."""
    places, there = found(rows.fields, np.unique(ids))
    return places[there]


def _hours(name: str, version: int, slot: Slot, known: Known, reached: Numbers) -> Iterator[Hour]:
    """The hours of event time that these rows lie in."""
    rows = slot.rows[version]
    hour = rows.fields["happened"] // _HOUR_S
    touched = np.unique(hour[reached])
    within = np.flatnonzero(np.isin(hour, touched))
    within = within[np.argsort(hour[within], kind="stable")]
    group = np.searchsorted(touched, hour[within])
    counts = profile.summed(known.reference, rows.places[within], group, len(touched))
    bounds = np.searchsorted(group, np.arange(len(touched) + 1)).tolist()
    actual, scores = _actual(slot, rows.fields["id"][within], known), _scores(rows, within)
    for place, (first, last) in enumerate(pairwise(bounds)):
        told = actual[first:last]
        answers = performance.summed(known.signature.output.task, scores[first:last], told)
        outcomes = int((~np.isnan(told)).sum())
        at = _EPOCH + timedelta(hours=int(touched[place]))
        yield Hour(version, at, name, last - first, outcomes, _bytes(counts[place], "<u4"), _bytes(answers, "<f8"))


def _actual(slot: Slot, ids: Ids, known: Known) -> NDArray[np.float64]:
    """What became of these predictions, as the version answers; NaN where nothing is known, or it never came to be."""
    actual = np.full(len(ids), np.nan)
    places, there = found(slot.outcomes, ids)
    told = slot.outcomes[places[there]]
    actual[there] = np.where(told["none"], np.nan, known.labelled(told["number"], told["word"]))
    return actual


def _scores(rows: Rows, within: Numbers) -> NDArray[np.float64]:
    scores = rows.scores[within].astype(np.float64)
    return scores[:, 0] if scores.shape[1] == 1 else scores


def _tally(serving: int, name: str, slot: Slot, known: Mapping[int, Known]) -> Tally:
    """What the arms of a serving record did; a row that an arm failed was answered by another version."""
    arms: dict[str, Counted] = {}
    for version, rows in slot.rows.items():
        here = np.flatnonzero(rows.fields["serving"] == serving)
        for arm in np.unique(rows.fields["arm"][here]).tolist():
            of = here[rows.fields["arm"][here] == arm]
            failed = rows.fields["failed"][of]
            positive = _positive(rows, of[~failed], known[version])
            before = arms.get(slot.names[arm], Counted(0, 0))
            totals = (before.rows + len(of), before.failed + int(failed.sum()), before.positive + positive)
            arms[slot.names[arm]] = Counted(*totals)
    return Tally(serving, name, dict(sorted(arms.items())))


def _positive(rows: Rows, of: Numbers, known: Known) -> int:
    output = known.signature.output
    if output.task is not Task.BINARY:
        return 0
    return int((rows.scores[of, 0] >= np.float32(0.5 if output.threshold is None else output.threshold)).sum())


def _callers(name: str, version: int, slot: Slot, reached: Numbers) -> Iterator[Caller]:
    fields = slot.rows[version].fields
    rows = np.bincount(fields["caller"], minlength=len(slot.names))
    last = np.zeros(len(slot.names), np.int64)
    np.maximum.at(last, fields["caller"], fields["arrived"])
    for caller in np.unique(fields["caller"][reached]).tolist():
        at = _EPOCH + timedelta(milliseconds=int(last[caller]))
        yield Caller(slot.names[caller], version, name, int(rows[caller]), at)


def _instant(milliseconds: int) -> datetime | None:
    return _EPOCH + timedelta(milliseconds=milliseconds) if milliseconds else None


def _bytes(values: NDArray[Any], kind: str) -> bytes:
    return values.astype(kind).tobytes()
