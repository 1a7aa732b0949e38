"""Slack: channels that people read."""

from typing import Protocol


class Slack(Protocol):
    """Each channel has a webhook that only the platform's owners know."""

    def post(self, channel: str, text: str) -> None:
        """Write into the channel; raises NotFound (no webhook for it), Undelivered (Slack said no), Unavailable."""
        ...
