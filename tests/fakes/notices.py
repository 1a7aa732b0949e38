"""Notices in memory: who heard what."""

from shared.domain.notice import Audience, Notice


class MemoryNotices:
    """Audiences, and the letters that came to each recipient."""

    def __init__(self) -> None:
        self._audiences: dict[tuple[str, Audience], tuple[str, ...]] = {}
        self.sent: list[Notice] = []
        self._letters: list[tuple[str, Notice]] = []

    def subscribe(self, model: str, audience: Audience, recipients: tuple[str, ...]) -> None:
        """Make the audience of a model exactly these recipients."""
        self._audiences[model, audience] = tuple(dict.fromkeys(recipients))

    def send(self, notice: Notice) -> None:
        """Tell the audience of the notice's model."""
        self.sent.append(notice)
        self._letters += [(to, notice) for to in self._audiences.get((notice.model, notice.audience), ())]

    def heard(self, recipient: str) -> tuple[Notice, ...]:
        """What came to a recipient, oldest first."""
        return tuple(notice for to, notice in self._letters if to == recipient)
