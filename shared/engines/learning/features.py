"""Features: what a model sees of a row. Learned from training rows, then written twice: as a matrix and as a graph.

Coded features (categories, hours, weekdays) are one float each, the value's place in its vocabulary; everything that
has no place there (missing, unseen) is `absent`. How a family takes them is its encoding:

    gaps      trees that know gaps: codes, absent = NaN
    codes     trees that do not: codes, absent = -1; a missing number is the median, and a flag says so
    one_hot   linear models: a column a code and one for absent; numbers as with codes, centred and scaled
"""

from dataclasses import dataclass
from enum import StrEnum
from math import nan

from shared.domain.spec.data import Operator


class Encoding(StrEnum):
    """How a family of models takes features."""

    GAPS = "gaps"
    CODES = "codes"
    ONE_HOT = "one_hot"


@dataclass(frozen=True, slots=True)
class Words:
    """A category column: the values that training rows held, and the codes that missing and unseen ones get."""

    column: str
    values: tuple[str, ...]
    missing: int
    unseen: int

    @property
    def size(self) -> int:
        """How many codes there are; the code `size` itself means absent."""
        return len(self.values)


@dataclass(frozen=True, slots=True)
class Calendar:
    """The local hour (0-23) or weekday (0 = Monday) of a timestamp column."""

    name: str
    column: str
    operator: Operator
    zone: str

    @property
    def size(self) -> int:
        """How many codes there are; the code `size` itself means absent."""
        return {Operator.HOUR: 24, Operator.WEEKDAY: 7}[self.operator]


@dataclass(frozen=True, slots=True)
class Bound:
    """A limit, and what is put in the place of a number beyond it; both as float32 holds them."""

    limit: float
    put: float


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number: bounded, filled where missing (NaN = left open), flagged if that is told apart, centred and scaled."""

    column: str
    low: Bound | None = None
    high: Bound | None = None
    fill: float = nan
    flagged: bool = False
    centre: float = 0.0
    scale: float = 1.0


Coded = Words | Calendar


@dataclass(frozen=True, slots=True)
class Features:
    """All of them, in the order of the matrix: coded, quantities, flags."""

    encoding: Encoding
    coded: tuple[Coded, ...]
    quantities: tuple[Quantity, ...]

    @property
    def flags(self) -> tuple[Quantity, ...]:
        """The quantities that have a flag."""
        return tuple(quantity for quantity in self.quantities if quantity.flagged)

    @property
    def width(self) -> int:
        """How many columns the matrix has that the model is fitted on."""
        coded = (
            sum(feature.size + 1 for feature in self.coded) if self.encoding is Encoding.ONE_HOT else len(self.coded)
        )
        return coded + len(self.quantities) + len(self.flags)

    def absent(self, feature: Coded) -> float:
        """The float that means: no place in the vocabulary."""
        return {Encoding.GAPS: nan, Encoding.CODES: -1.0, Encoding.ONE_HOT: float(feature.size)}[self.encoding]

    def code(self, feature: Coded, place: int) -> float:
        """A place in the vocabulary as the float that stands for it."""
        return self.absent(feature) if place == feature.size else float(place)
