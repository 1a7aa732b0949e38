"""Notice: what people are told."""

from dataclasses import dataclass
from enum import StrEnum


class Audience(StrEnum):
    """Who of a model is told; the platform's owners hear of what belongs to no model."""

    OWNERS = "owners"
    ON_CALL = "on_call"
    PLATFORM = "platform"


@dataclass(frozen=True, slots=True)
class Notice:
    """One message in plain text; subject under 100 characters, body in lines of 72 at the most."""

    id: str
    model: str
    audience: Audience
    subject: str
    body: str
