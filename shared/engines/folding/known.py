"""What is known of a version: the bins over which its rows are counted, what it gives, and what its target means."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache
from zoneinfo import ZoneInfo

import numpy as np
from numpy.typing import NDArray

from shared.domain.profile import PREDICTION, Profile
from shared.domain.signature import Signature
from shared.domain.spec import Spec, Task
from shared.domain.spec.data import ColumnType, Operator
from shared.engines.folding.hashing import hashed
from shared.statistics.profile import ABSENT, Places, Values, placed

Cells = Sequence[Mapping[str, object]]
"""What callers sent, a mapping a row."""

_QUARTER_S = 900
"""Every zone's offset is whole quarters of an hour, since 1972."""

_FIRST, _LAST = (datetime(year, 1, 1, tzinfo=UTC).timestamp() for year in (2, 9999))
"""Within these the calendar ends in no zone."""


@dataclass(frozen=True, slots=True)
class Known:
    """A version's reference, its signature, and the spec that it was trained by."""

    reference: Profile
    signature: Signature
    spec: Spec

    @property
    def width(self) -> int:
        """How many numbers a score has."""
        return len(self.signature.output.classes) if self.signature.output.task is Task.MULTICLASS else 1

    def happened(self, cells: Mapping[str, object], arrived_s: int) -> int:
        """When a row happened, in seconds since 1970: its time column, else when it arrived."""
        time = self.spec.data.time
        seconds = _instant(cells.get(time.column)) if time else np.nan
        return arrived_s if np.isnan(seconds) else int(seconds)

    def placed(self, cells: Cells, scores: NDArray[np.float32]) -> Places:
        """The bins of these rows (n, columns): cells and scores (n, width).

        A column that no version learns from may be left out, and a row too long for a line has no cells: neither is
        counted as missing.
        """
        columns = {name: self._column(name, cells) for name in self.reference.columns}
        places = placed(self.reference, {**columns, PREDICTION: self._predicted(scores)})
        taken = {column.name for column in self.signature.features} | self.spec.data.derive.keys()
        for place, name in enumerate(self.reference.columns):
            left_out = [not row or (name not in taken and name not in row) for row in cells]
            places[left_out, place] = ABSENT
        return places

    def labelled(self, number: NDArray[np.float64], word: NDArray[np.uint64]) -> NDArray[np.float64]:
        """Outcomes as the version's own answers: 0 or 1, a class's code (-1: another class), a value; NaN for none.

        Numbers are NaN for words; words are hashes as `hashed` gives them.
        """
        if self.spec.task is Task.MULTICLASS:
            codes = {hashed(name): code for code, name in enumerate(self.signature.output.classes)}
            return np.array([codes.get(each, -1) for each in word.tolist()], np.float64)
        above = self.spec.data.target.above
        if self.spec.task is Task.BINARY and above is not None:
            return np.where(np.isnan(number), np.nan, number > above)
        if self.spec.task is Task.BINARY:
            return np.where((number == 0) | (number == 1), number, np.nan)
        return number

    def _predicted(self, scores: NDArray[np.float32]) -> Values:
        if self.width == 1:
            return scores[:, 0]
        return [self.signature.output.classes[code] for code in scores.argmax(axis=1).tolist()]

    def _column(self, name: str, cells: Cells) -> Values:
        if derived := self.spec.data.derive.get(name):
            [(operator, source)] = derived.items()
            zone = self.spec.data.time.zone if self.spec.data.time else "UTC"
            return [_on_the_clock(operator, zone, _instant(row.get(source))) for row in cells]
        read = _READERS[self.spec.data.columns[name].type]
        return [read(row.get(name)) for row in cells]


def _instant(cell: object) -> float:
    """Seconds since 1970; NaN where the cell is no timestamp with an offset, or one at an end of the calendar."""
    return _seconds(cell) if isinstance(cell, str) else np.nan


@lru_cache(maxsize=1 << 16)
def _seconds(text: str) -> float:
    try:
        at = datetime.fromisoformat(text)
    except ValueError:
        return np.nan
    seconds = at.timestamp() // 1 if at.tzinfo else np.nan
    return seconds if _FIRST <= seconds < _LAST else np.nan


def _on_the_clock(operator: Operator, zone: str, seconds: float) -> str:
    return "" if np.isnan(seconds) else _local(operator, zone, int(seconds // _QUARTER_S * _QUARTER_S))


@lru_cache(maxsize=1 << 16)
def _local(operator: Operator, zone: str, seconds: int) -> str:
    local = datetime.fromtimestamp(seconds, UTC).astimezone(ZoneInfo(zone))
    return str(local.hour if operator is Operator.HOUR else local.weekday())


def _number(cell: object) -> float:
    return float(cell) if isinstance(cell, int | float) else np.nan


def _word(cell: object) -> str:
    return cell if isinstance(cell, str) else ""


_READERS: Mapping[ColumnType, Callable[[object], str | float]] = {
    ColumnType.CATEGORY: _word,
    ColumnType.INTEGER: _number,
    ColumnType.NUMBER: _number,
    ColumnType.TIMESTAMP: _instant,
}
