"""Predictions: what predict takes and gives, as the OpenAPI document says it; the door itself is faster than these."""

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, JsonValue

from shared.api.views.view import View

Row = Annotated[dict[str, JsonValue], Field(description="Column → value, as the version's signature names them.")]


class Instances(BaseModel):
    """Rows to predict."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)
    instances: tuple[Row, ...] = Field(min_length=1, max_length=10_000)


class PredictionView(View):
    """One row's answer: `value` in the target's own type, a probability a class, and the threshold that decided."""

    id: str
    version: int
    value: bool | str | float
    probabilities: dict[str, float] | None = None
    threshold: float | None = None


class PredictionsView(View):
    """A prediction a row, in the order they came; `version` is the champion's, or the one that the path names."""

    model: str
    version: int
    predictions: tuple[PredictionView, ...]
