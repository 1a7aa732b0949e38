"""Notices: what people are told, and who is told."""

from typing import Protocol

from shared.domain.notice import Audience, Notice


class Notices(Protocol):
    """One topic; each recipient hears of the models they are named for."""

    def subscribe(self, model: str, audience: Audience, recipients: tuple[str, ...]) -> None:
        """Make the audience (owners, on_call) of a model exactly these recipients."""
        ...

    def send(self, notice: Notice) -> None:
        """Tell the audience of the notice's model."""
        ...
