"""Pictures of numbers: where a value stands on an axis of so many units of an SVG."""

from dataclasses import dataclass

from shared.domain.scores import Calibration
from shared.domain.slice import SliceResult

_SIDE = 300.0
_STRIP = 150.0


@dataclass(frozen=True, slots=True)
class Axis:
    """From low at 0 to high at `length`."""

    low: float
    high: float
    length: float

    def at(self, value: float) -> float:
        """The place of a value, to a tenth of a unit."""
        return round((value - self.low) / ((self.high - self.low) or 1.0) * self.length, 1)

    def up(self, value: float) -> float:
        """The same, counted from the far end: SVG's y points down."""
        return round(self.length - self.at(value), 1)

    @property
    def ticks(self) -> tuple[float, ...]:
        """Five values from end to end."""
        return tuple(self.low + (self.high - self.low) * step / 4 for step in range(5))


def square(calibration: Calibration) -> Axis:
    """The axis of both sides of a reliability diagram: from 0 to the next tenth above everything shown."""
    reach = max(max(each.promised, each.high) for each in calibration.bins)
    return Axis(0.0, min(1.0, (int(reach * 10) + 1) / 10), _SIDE)


def strip(groups: tuple[SliceResult, ...]) -> Axis:
    """The axis that all lags share, with zero, the limit and some room."""
    ends = [end for group in groups if group.interval for end in (*group.interval, group.limit, 0.0)]
    low, high = min(ends, default=0.0), max(ends, default=1.0)
    room = (high - low) * 0.04
    return Axis(low - room, high + room, _STRIP)
