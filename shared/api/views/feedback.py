"""Feedback: what it takes and gives, as the OpenAPI document says it; the door itself is faster than these."""

from pydantic import BaseModel, ConfigDict, Field

from shared.api.views.view import View


class OutcomeOf(BaseModel):
    """What became of one prediction."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)
    id: str = Field(max_length=100, description="The prediction's id, as predict gave it.")
    actual: float | bool | str | None = Field(
        description="In the target column's unit; null: it never came to be, such as the delay of a cancelled flight."
    )


class Outcomes(BaseModel):
    """Outcomes of predictions; one that comes later, in another call, replaces an earlier one."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)
    outcomes: tuple[OutcomeOf, ...] = Field(min_length=1, max_length=10_000)


class FeedbackView(View):
    """How many outcomes were accepted, and the ids of the others."""

    accepted: int
    unknown: tuple[str, ...] = Field(description="No prediction of this model can have had this id.")
    duplicate: tuple[str, ...] = Field(description="Came before in the same call, whose first outcome counts.")
