"""Section evaluate: on which rows a candidate is judged, against which limits."""

import re
from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Annotated

from pydantic import BaseModel, BeforeValidator, Field, WithJsonSchema, field_serializer, model_validator

from shared.domain.spec.parts import SECTION, AtLeast, ColumnName, must, short, shortened, wrong
from shared.domain.spec.quantities import Share, written

UNITS: Mapping[str, tuple[str, Mapping[str, float]]] = {
    "latency_p99": ("ms", {"ms": 1.0, "s": 1000.0}),
    "size": ("MB", {"kB": 10.0**3, "MB": 10.0**6, "GB": 10.0**9}),
}
"""The metrics whose limits carry a unit: the one they are written in, and what each is in milliseconds or bytes."""

_SIZES = {unit: size for _, sizes in UNITS.values() for unit, size in sizes.items()} | {"%": 0.01}
_LIMIT = r"([0-9]{1,12}(?:\.[0-9]{1,12})?)(ms|s|kB|MB|GB|%)"


def unit_of(given: object) -> str:
    """The unit that a limit was written with; none for a bare number or a share of one."""
    match = re.fullmatch(_LIMIT, given) if isinstance(given, str) else None
    return match[2].replace("%", "") if match else ""


def _limit(given: object) -> object:
    """20ms and 1s in milliseconds, 20MB in bytes, 1% as a share, a bare number as itself."""
    if not isinstance(given, str):
        return given
    if match := re.fullmatch(_LIMIT, given):
        return float(Decimal(match[1]) * Decimal(str(_SIZES[match[2]])))  # in decimals, as it was written
    raise wrong("no such limit", "a number, or one with its unit: 0.6, 20ms, 20MB")


Limit = Annotated[
    float,
    BeforeValidator(_limit),
    WithJsonSchema({"anyOf": [{"type": "number"}, {"type": "string", "pattern": f"^{_LIMIT}$"}], "examples": ["20ms"]}),
]
"""A limit on a metric: a number, in milliseconds or bytes where the metric has a unit."""

Distance = Annotated[
    Limit, must(lambda limit: limit >= 0, "a distance below zero", "0 or more, whichever way it points")
]
"""How much worse or better, whichever way the metric points."""


class TestRows(BaseModel):
    """The untouched rows. Short form: the share alone."""

    model_config = shortened("newest")
    newest: Annotated[
        Share, must(lambda share: 0 < share <= 0.5, "nothing to test or to learn on", "above 0%, at most 50%")
    ] = Field(description="The newest share by time; without a time column that share by hash of the key.")
    _short = model_validator(mode="before")(short("newest"))


class Costs(BaseModel):
    """What a wrong answer costs, in any one unit."""

    model_config = SECTION
    false_positive: float = Field(1.0, gt=0, description="What a wrong yes costs.")
    false_negative: float = Field(1.0, gt=0, description="What a wrong no costs.")


class Threshold(BaseModel):
    """Where a probability becomes a yes: the cheapest by cost, or a fixed value. Short form: the value alone."""

    model_config = shortened("value")
    cost: Costs | None = Field(None, description="The threshold is the cheapest one on the training rows.")
    value: float | None = Field(None, ge=0, le=1, description="A fixed probability; from it on the answer is yes.")
    _short = model_validator(mode="before")(short("value"))

    @model_validator(mode="after")
    def _one_form(self) -> "Threshold":
        if (self.cost is None) == (self.value is None):
            raise wrong("not one of cost and value", "cost: {false_positive: 1, false_negative: 3} or value: 0.3")
        return self


class Gate(BaseModel):
    """Limits on one metric: `min` and `max` are absolute, `may_lose` and `must_gain` are to the champion."""

    model_config = SECTION
    min: Limit | None = Field(None, description="The smallest value that passes, inclusive.")
    max: Limit | None = Field(None, description="The largest value that passes, inclusive.")
    may_lose: Distance | None = Field(None, description="How much worse than the champion it may be.")
    must_gain: Distance | None = Field(None, description="How much better than the champion it must be.")

    @property
    def limits(self) -> Mapping[str, float]:
        """The limits that are set, by name."""
        return {name: limit for name in Gate.model_fields if (limit := getattr(self, name)) is not None}


class Slices(BaseModel):
    """Groups of rows that may lag behind all rows by so much."""

    model_config = SECTION
    by: tuple[ColumnName, ...] = Field(strict=False, min_length=1, description="Categories; each value is a group.")
    may_lag: float = Field(ge=0, description="How much worse than all rows a group may be, in points of the metric.")
    rows: AtLeast = Field(
        default_factory=lambda: AtLeast(min=500), description="Groups of fewer test rows are not judged."
    )


class Evaluate(BaseModel):
    """On which rows a candidate is judged, against which limits."""

    model_config = SECTION
    test: TestRows = Field(
        default_factory=lambda: TestRows.model_construct(newest=0.2),
        description="Which rows are kept for the judgement.",
    )
    threshold: Threshold | None = Field(None, description="Binary only: where a probability becomes a yes.")
    gates: dict[str, Gate] = Field({}, description="Limits by metric; latency_p99 and size are metrics, too.")
    slices: Slices | None = Field(None, description="Groups that may not lag behind.")

    @field_serializer("gates")
    def _with_units(self, gates: Mapping[str, Gate]) -> dict[str, dict[str, float | str]]:
        """Limits as people write them: with the unit of their metric."""
        return {
            name: {rule: _writer(name)(limit) for rule, limit in gate.limits.items()} for name, gate in gates.items()
        }


def _writer(metric: str) -> Callable[[float], float | str]:
    if metric not in UNITS:
        return lambda limit: limit
    unit, sizes = UNITS[metric]
    return lambda limit: written(limit, unit, int(sizes[unit]))
