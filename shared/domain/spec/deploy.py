"""Section deploy: how a version takes over: canary = shares, shadow = a shadow first, all at once = []."""

from collections.abc import Mapping
from typing import Annotated, Literal

from pydantic import BaseModel, Field, model_validator
from pydantic.config import JsonDict

from shared.domain.spec.parts import SECTION, matched, matching, must, wrong
from shared.domain.spec.quantities import SHARE_AS_WRITTEN, Lasting, Share

_TEAM = "[A-Za-z0-9][A-Za-z0-9@._-]{0,99}"
Team = Annotated[
    str, matching(_TEAM, "no name of a team or person", "letters, digits and @ . _ -"), matched(_TEAM, "ml-leads")
]
"""A team or a person, as the identity provider names them."""

Part = Annotated[
    Share, must(lambda share: 0 < share < 1, "no part of the callers", "above 0% and below 100%"), SHARE_AS_WRITTEN
]
"""A share that leaves something on both sides."""


class Approval(BaseModel):
    """Who may approve, and until when; never who started the run."""

    model_config = SECTION
    by: tuple[Team, ...] = Field(strict=False, min_length=1, description="Teams or people; one of them is enough.")
    within: Lasting = Field(description="After that time without an answer the run ends, and nothing is deployed.")


class Step(BaseModel):
    """One step of a rollout: {shadow: 10m} or {share: 20%, bake: 1h}."""

    model_config = SECTION
    shadow: Lasting | None = Field(None, description="How long it answers real requests without anyone seeing it.")
    share: Part | None = Field(None, description="The share of rows that it answers.")
    bake: Lasting | None = Field(None, description="How long it is watched at that share.")

    @model_validator(mode="after")
    def _one_form(self) -> "Step":
        if (self.shadow is None) == (self.share is None) or (self.share is None) != (self.bake is None):
            raise wrong("not a step", "{shadow: 10m} or {share: 20%, bake: 1h}")
        return self


class Judge(BaseModel):
    """How a version is judged while it bakes."""

    model_config = SECTION
    false_alarms: Part = Field(0.05, description="How often a harmless version may be taken back by chance.")
    worse_by: Part = Field(0.02, description="More errors than the champion by so much is harm.")
    unsure: Literal["roll_back", "promote"] = Field("roll_back", description="What too little traffic leads to.")


def _or_none(schema: JsonDict) -> None:
    """In the JSON schema, too, `none` is a word."""
    forms = schema["anyOf"]
    schema["anyOf"] = [*forms, {"const": "none"}] if isinstance(forms, list) else forms


class Deploy(BaseModel):
    """How a version takes over."""

    model_config = SECTION
    approval: Approval | None = Field(
        None, description="Who must agree; `none`, the default, asks nobody.", json_schema_extra=_or_none
    )
    steps: tuple[Step, ...] = Field((), strict=False, max_length=20, description="In order; [] is all at once.")
    judge: Judge = Field(default_factory=Judge, description="How a version is judged while it bakes.")

    @model_validator(mode="before")
    @classmethod
    def _nobody(cls, given: object) -> object:
        """`approval: none` is the word for no approval."""
        if isinstance(given, Mapping) and given.get("approval") == "none":
            return {name: setting for name, setting in given.items() if name != "approval"}
        return given
