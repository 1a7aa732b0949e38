"""Notice: what people are told, and who could not be."""

from dataclasses import dataclass
from enum import StrEnum


class Audience(StrEnum):
    """Who of a model is told; the platform's owners hear of what belongs to no model.

    Approvers are those of `deploy.approval.by` whose names are addresses; teams hear of it through the owners.
    """

    OWNERS = "owners"
    ON_CALL = "on_call"
    APPROVERS = "approvers"
    PLATFORM = "platform"


@dataclass(frozen=True, slots=True)
class Notice:
    """One message in plain text, for each recipient once, whichever of the audiences they are in.

    Subject under 100 characters, body in lines of 72 at the most, brief (for phones) in one sentence of 160.
    """

    id: str
    model: str
    audiences: tuple[Audience, ...]
    subject: str
    body: str
    brief: str


@dataclass(frozen=True, slots=True)
class Unreached:
    """A recipient (email:…, sms:…, slack:…, or topic: nobody behind it) whom a notice could not be given, and why."""

    notice: str
    model: str
    recipient: str
    why: str

    @property
    def via(self) -> str:
        """The way that it should have gone, without the person: slack."""
        return self.recipient.partition(":")[0]


def channels(recipients: tuple[str, ...]) -> tuple[str, ...]:
    """The channels of Slack among them, each once, without the word before the colon."""
    named = (recipient.partition(":") for recipient in recipients)
    return tuple(dict.fromkeys(channel for via, _, channel in named if via == "slack"))
