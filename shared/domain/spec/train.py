"""Section train: which candidates are searched, and how far."""

from collections.abc import Mapping
from typing import Annotated, Literal

from pydantic import BaseModel, Discriminator, Field, Tag, model_validator

from shared.domain.spec.parts import SECTION, short, shortened
from shared.domain.spec.quantities import DURATION_AS_WRITTEN, Lasting, PerPeriod


class Range(BaseModel):
    """A range to search, both ends included; two integer ends give integers."""

    model_config = SECTION
    low: int | float = Field(alias="from", description="The lower end.")
    high: int | float = Field(alias="to", description="The upper end.")
    scale: Literal["linear", "log"] = Field("linear", description="Whether steps or factors are spread evenly.")


Scalar = bool | int | float | str


def _form(given: object) -> str:
    # Angle brackets mark a tag in an error's location: no setting's name has them.
    if isinstance(given, Mapping | Range):
        return "<range>"
    return "<choice>" if isinstance(given, list | tuple) else "<fixed>"


Choice = Annotated[tuple[Scalar, ...], Field(strict=False, min_length=1)]
Parameter = Annotated[
    Annotated[Scalar, Tag("<fixed>")] | Annotated[Choice, Tag("<choice>")] | Annotated[Range, Tag("<range>")],
    Discriminator(_form),
]
"""scalar = fixed · list = choice · {from, to, scale} = range."""


class Search(BaseModel):
    """How parameters are searched. Short form: the method alone."""

    model_config = shortened("method")
    method: Literal["random", "halving"] = Field(
        "random", description="halving tries all on few rows and goes on with the best third: rows ÷ 9, ÷ 3, 1."
    )
    trials: int = Field(10, ge=1, le=200, description="How many candidates are tried, all families together.")
    folds: int = Field(5, ge=2, le=10, description="Parts of the training rows that take turns at judging.")
    seed: int = Field(0, ge=0, le=2**32 - 1, description="The same seed gives the same model, to the byte.")
    _short = model_validator(mode="before")(short("method"))


class Train(BaseModel):
    """Which candidates are searched, and how far."""

    model_config = SECTION
    at_most: PerPeriod | None = Field(None, description="How often a run may start; without it: no limit.")
    every: Annotated[Lasting, DURATION_AS_WRITTEN] | None = Field(
        None, description="How often it is trained unasked, on what has come in; without it: never."
    )
    search: Search = Field(default_factory=Search, description="How parameters are searched.")
    candidates: dict[str, dict[str, Parameter]] = Field(
        {}, description="Families with their parameters, by scikit-learn's names; without it: two good ones."
    )
