"""Section data: what a row is, which rows are good, and how they are split by time or key."""

from enum import StrEnum
from typing import Annotated, Literal

from pydantic import BaseModel, Field, model_validator

from shared.domain.spec.parts import (
    SECTION,
    VALUE,
    WORD,
    WORD_OR_VALUE,
    AtLeast,
    ColumnName,
    Fill,
    Value,
    must,
    short,
    shortened,
)
from shared.domain.spec.quantities import Share


class ColumnType(StrEnum):
    """What a column holds; timestamps and text become features only through derive."""

    INTEGER = "integer"
    NUMBER = "number"
    CATEGORY = "category"
    TIMESTAMP = "timestamp"
    TEXT = "text"


NUMERIC = frozenset({ColumnType.INTEGER, ColumnType.NUMBER})
"""The types that have an order and a middle."""

LEARNABLE = NUMERIC | {ColumnType.CATEGORY}
"""The types that can be features as they are."""


class Column(BaseModel):
    """One column that a caller sends. Short form: its type alone."""

    model_config = shortened("type")
    type: Annotated[ColumnType, Field(strict=False)] = Field(description="What the column holds.")
    min: float | None = Field(None, description="The smallest value, inclusive; smaller ones are `outside`.")
    max: float | None = Field(None, description="The largest value, inclusive; larger ones are `outside`.")
    values: tuple[Annotated[str, Field(min_length=1)], ...] = Field(
        (),
        strict=False,
        description="All values of a category; others are `unseen`. Without it: those of the training.",
    )
    feature: bool = Field(True, description="Whether the model learns from it; false: only key, time or group.")
    missing: Fill = Field("reject", description="What an empty cell becomes.")
    unseen: Fill = Field("reject", description="What a category becomes that is not among the values.")
    outside: Fill = Field("reject", description="What a number becomes that is below min or above max.")
    private: Literal["hash", "omit"] | None = Field(None, description="How it is captured; without it: as it came.")
    _short = model_validator(mode="before")(short("type"))


class TimeColumn(BaseModel):
    """The column that says when a row happened. Short form: its name alone."""

    model_config = shortened("column")
    column: ColumnName = Field(description="A timestamp among the columns.")
    zone: str = Field("UTC", description="The time zone in which hours and weekdays are derived.")
    _short = model_validator(mode="before")(short("column"))


class Target(BaseModel):
    """What is predicted. Short form: the column's name alone."""

    model_config = shortened("column")
    column: ColumnName = Field(description="The column with the outcome; a caller never sends it.")
    above: float | None = Field(None, description="Makes a yes or no of a number: strictly above is yes.")
    missing: Annotated[Annotated[Literal["reject", "skip"], WORD] | Annotated[Value, VALUE], WORD_OR_VALUE] = Field(
        "reject", description="What a row without an outcome becomes; skip keeps it, and nothing learns from it."
    )
    _short = model_validator(mode="before")(short("column"))


class Operator(StrEnum):
    """How a feature is derived from a timestamp, in the time column's zone."""

    HOUR = "hour"  # 0–23
    WEEKDAY = "weekday"  # 0 = Monday


class AtMost(BaseModel):
    """An upper limit on a share of rows. Short form: the share alone."""

    model_config = shortened("max")
    max: Share = Field(description="The largest share of rows that will do, inclusive.")
    _short = model_validator(mode="before")(short("max"))


class Checks(BaseModel):
    """When a data version is good enough to learn from."""

    model_config = SECTION
    rows: AtLeast = Field(
        default_factory=lambda: AtLeast(min=1000),
        description="Rows of the data version, those without an outcome included.",
    )
    rejected: AtMost = Field(
        default_factory=lambda: AtMost.model_construct(max=0.01), description="Rejected rows of one upload."
    )


Derived = Annotated[
    dict[Annotated[Operator, Field(strict=False)], ColumnName],
    must(lambda derived: len(derived) == 1, "not one operator", "one operator with its column: {hour: a_timestamp}"),
]
"""One operator with the column that it reads."""


class Data(BaseModel):
    """What a row is, which rows are good, and how they are told apart."""

    model_config = SECTION
    uploads: Literal["append", "replace"] = Field(
        "append", description="Whether an upload adds to the rows so far or takes their place."
    )
    key: tuple[ColumnName, ...] = Field(
        (), strict=False, description="Columns that name a row; a row with a known key corrects it."
    )
    time: TimeColumn | None = Field(None, description="When a row happened; the test rows are then the newest.")
    target: Target = Field(description="What is predicted.")
    columns: dict[ColumnName, Column] = Field(min_length=1, description="What a caller sends, each with its type.")
    after: tuple[ColumnName, ...] = Field(
        (), strict=False, description="Columns that are known only after the outcome: kept, never a feature."
    )
    ignore: tuple[ColumnName, ...] = Field((), strict=False, description="Columns of the file that are left out.")
    derive: dict[ColumnName, Derived] = Field({}, description="Features made of a timestamp: {name: {hour: column}}.")
    checks: Checks = Field(default_factory=Checks, description="When a data version is good enough to learn from.")

    @property
    def features(self) -> tuple[str, ...]:
        """The columns that a model learns from as they are, in their order; the derived ones come on top."""
        return tuple(name for name, column in self.columns.items() if column.feature and column.type in LEARNABLE)

    @property
    def learned(self) -> frozenset[str]:
        """Every column that reaches the model: features, and what the derived ones read."""
        return frozenset(self.features).union(*(derived.values() for derived in self.derive.values()))
