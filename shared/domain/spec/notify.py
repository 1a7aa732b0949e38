"""Section notify: who is told."""

from typing import Annotated

from pydantic import BaseModel, Field

from shared.domain.spec.parts import SECTION, matched, matching

_RECIPIENT = r"(email:[^@\s,;]{1,64}@[A-Za-z0-9.-]{1,190}|sms:\+[0-9]{7,15}|slack:[a-z0-9][a-z0-9_-]{0,79})"
Recipient = Annotated[
    str,
    matching(_RECIPIENT, "nobody who can be reached", "email:ann@example.com, sms:+15550100 or slack:channel"),
    matched(_RECIPIENT, "email:ann@example.com", "sms:+15550100", "slack:channel"),
]
"""email:ann@example.com, sms:+15550100 or slack:channel."""


class Notify(BaseModel):
    """Who is told."""

    model_config = SECTION
    owners: tuple[Recipient, ...] = Field(
        strict=False, min_length=1, description="Told of what their model does: refused, promoted, retired, drifting."
    )
    on_call: tuple[Recipient, ...] = Field((), strict=False, description="Told at once when it fails its callers.")
