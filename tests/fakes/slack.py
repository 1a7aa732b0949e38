"""Slack in memory: channels and what stands in them."""

from collections.abc import Mapping

from shared.domain.errors import Error, NotFound, Problem


class MemorySlack:
    """Only these channels have a webhook; what a channel of `broken` is sent raises its error."""

    def __init__(self, *channels: str, broken: Mapping[str, Error] | None = None) -> None:
        self._texts: dict[str, list[str]] = {channel: [] for channel in channels}
        self._broken = broken or {}

    def post(self, channel: str, text: str) -> None:
        """Write into the channel; raises NotFound, or what breaks the channel."""
        if channel in self._broken:
            raise self._broken[channel]
        if channel not in self._texts:
            raise NotFound(f"the secret has no webhook for the channel {channel}", Problem("/channel", "no webhook"))
        self._texts[channel].append(text)

    def read(self, channel: str) -> tuple[str, ...]:
        """What stands in the channel, oldest first."""
        return tuple(self._texts[channel])
