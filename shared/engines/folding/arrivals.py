"""Arrivals: the rows of a delivered object, by the slot that they belong to, whichever order they came in."""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from shared.domain.capture import Captured, CapturedRow, Cell, Line, Outcome, Score
from shared.domain.errors import NameRefused
from shared.domain.hour import hour_name
from shared.domain.prediction import PredictionId, parse
from shared.engines.folding.hashing import hashed

_ARM = re.compile(r"([1-9][0-9]{0,8})([chsp])", re.ASCII)


@dataclass(frozen=True, slots=True)
class Asked:
    """A row that was answered: by which version, which arm it was dealt to, when it arrived (ms), and what was said."""

    id: int
    version: int
    arm: str
    failed: bool
    serving: int
    caller: str
    arrived: int
    score: Score
    cells: Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Told:
    """What became of a prediction, and when that was said (milliseconds since 1970)."""

    id: int
    at: int
    actual: Cell


class Moment(NamedTuple):
    """When a request arrived (milliseconds since 1970), and the slot of that hour."""

    arrived: int
    slot: str


@dataclass(slots=True)
class Arrivals:
    """What came in for one slot of a model."""

    asked: list[Asked] = field(default_factory=list)
    told: list[Told] = field(default_factory=list)

    @property
    def ids(self) -> list[int]:
        """Every prediction that something was said of."""
        return [*(row.id for row in self.asked), *(outcome.id for outcome in self.told)]


Slots = Mapping[tuple[str, str], Arrivals]
"""What came in, by model and slot."""


def sorted_by_slot(lines: Iterable[Line]) -> tuple[Slots, int]:
    """What came in by model and slot, and how many rows could not be read: no id, one of another model, no arm."""
    slots: defaultdict[tuple[str, str], Arrivals] = defaultdict(Arrivals)
    moments: dict[str, Moment] = {}  # a request's rows share one
    unread = 0
    for line in lines:
        for row in line.rows:
            try:
                prediction = _answered(line, row)
            except NameRefused:
                unread += 1
                continue
            moment = moments.get(prediction.request) or _moment(prediction)
            moments[prediction.request] = moment
            _add(slots[line.model, moment.slot], line, row, prediction.version, moment.arrived)
    return slots, unread


def _moment(prediction: PredictionId) -> Moment:
    at = prediction.at
    return Moment(round(at.timestamp() * 1000), hour_name(at))


def _answered(line: Line, row: CapturedRow | Outcome) -> PredictionId:
    """The row's prediction; raises NameRefused where it is none of the line's model, or its arm is none."""
    prediction = parse(row.id)
    if prediction.model != line.model or (isinstance(row, CapturedRow) and not _ARM.fullmatch(row.arm)):
        raise NameRefused("that row is none of the line's model")
    return prediction


def _add(slot: Arrivals, line: Line, row: CapturedRow | Outcome, version: int, arrived: int) -> None:
    name = hashed(row.id)
    if isinstance(row, Outcome):
        slot.told.append(Told(name, line.at, row.actual))
    elif isinstance(line, Captured):
        dealt = (row.arm, row.failed, line.revision, line.caller)
        slot.asked.append(Asked(name, version, *dealt, arrived, row.score, row.cells))
